"""What people do with proposed changes, by the pages of the desk."""

from tests.admin.desk import address, errors
from tests.admin.two_editors import form, send
from tracker.records.models import ProposedChange


def propose(client, record, why="", **changed):
    response = send(client, record, form(client, record), _why=why, **changed)
    assert response.status_code == 302, errors(response)
    return ProposedChange.objects.latest("pk")


def opened(client, proposal):
    return client.get(address(ProposedChange, "change", proposal.pk))


def act(client, proposal, step, **values):
    page = opened(client, proposal)
    return act_on(client, page, step, **values)


def act_on(client, page, step, **values):
    proposal = page.context["proposal"]
    data = {"_step": step, "_proposal": proposal.mark, "_shown": page.context["shown"], **values}
    return client.post(address(ProposedChange, "change", proposal.pk), data, follow=True)


def lines(response):
    found = response.context["page"]
    return [(line.where, line.described.before, line.described.mine) for line in found.lines]
