"""Subscriptions: readers who are told by mail what changed in a list, a search or a record, without an account.

1. ``followed`` says what an address asks to be told of, and which records that is on a day;
2. a form (``pages``) saves a subscription that nobody has confirmed, and queues the mail that asks for it
   (``confirmation``), in one transaction;
3. the link in that mail opens a page, and its button confirms: only the owner of an address can subscribe it;
4. ``alerts.plan``, woken by beat or cron, asks once for each list what changed since its readers were last told, queues
   one delivery for each who is to hear of something, and moves the mark of how far each was told, in one transaction;
5. ``alert_mail`` writes what is sent, from the data of the moment;
6. the links in each mail lead to a page that stops one subscription, and to one with all of an address (``pages``);
7. ``erasing`` takes away the addresses of those who never confirmed, or stopped, after a month.
"""
