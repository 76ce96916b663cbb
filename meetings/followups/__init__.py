"""Follow-ups: asking the people in charge what became of a commitment, and taking their answer.

The journey of a commitment that is due:

1. ``planner.plan`` (woken by beat, cron or hand) reads what is near and asks ``rules`` which *stage* it has reached;
2. ``people`` says who is *in charge*, ``history`` what they were asked and answered before, ``working_days`` whether
   it is their hour of mail;
3. the planner puts one *delivery* for each person in the queue, with one *reminder* for each thing it is about;
4. ``planner.send`` has ``tracker.mail.relay`` take it, and ``digest.DigestWriter`` reads again all that it rests on;
5. what still holds is put into ``wording`` and framed as a ``letter``; whatever no longer does is left out;
6. after one last look at the data the relay hands the message to the mail server and notes it as sent;
7. the link in the mail (``answers.link``) opens a page of ``pages``, which changes nothing by being opened;
8. its form becomes a progress update *in review* (``answers.record``);
9. an editor accepts it, sets it aside, or returns it with a question (``meetings.admin.answers``), which
10. the planner finds in the ``history`` the next time.

The words of the code:

answer          a progress update that a person gave by the link of a reminder
appointment     a person named for a time, with a deputy: focal point of a commitment or organisation, or coordinator
asked           told as somebody in charge, who is to answer; as against those above, who are informed
coordinator     who maintains the records of a forum; gets its weekly sheet
delivery        one message to one person, from the moment it is due until it is sent, given up or withdrawn
digest          the message about all that is due from one person
hold            mail that editors keep back: to a person, about a commitment, or both together
in charge       appointed to answer for a commitment, in the first level of the line that mail can reach
line            the levels of people who may be asked about a commitment, one after the other
policy          when a forum's commitments call for reminders; one policy without a forum is the default
reminder        one person is due to be told of one record: a row, and an item of a message
rest            the days between two messages to one person
role            as what a person is told: asked, supervisor, secretariat; or as the coordinator of a record
round           how many answers editors have returned; each starts the reminders afresh
scope           the forums whose records a sheet lists
sheet           the weekly message to a coordinator: outstanding commitments, and records to complete
stage           the number of days from the due date that calls for a reminder: -30, 0, 7 …
subject         the commitment, meeting or agreement that a reminder is about
urgency         overdue, date passed (of what was only proposed), due today, due soon
writer          what has been read for some deliveries, and writes their messages
"""
