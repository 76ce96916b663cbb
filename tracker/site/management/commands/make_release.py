from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from tracker.site.package.releases import make_release, release_if_due
from tracker.site.package.without import issue_again


class Command(BaseCommand):
    help = (
        "Makes a release of the data package, and issues former ones again where something in them was withdrawn for "
        "legal reasons. The worker does so by itself each hour."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-due",
            action="store_true",
            help="make one only where there is none, or something has changed and the last is a week old",
        )

    def handle(self, *, if_due, **options):
        now = timezone.now()
        for release in issue_again(now):
            self.stdout.write(f"Release {release.number} was issued again as {release.version}.")
        release = release_if_due(now) if if_due else make_release(now)
        if release:
            self.stdout.write(f"Release {release.version}: {sum(release.lines.values())} lines, {release.bytes} bytes.")
        elif not if_due:
            raise CommandError("Another process made this release at the same time.")
