"""Look at the mails that could not be sent, send them again, or let them be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.selectors import parked_mails
from partybuilding.core.services import dismiss_mails, send_again


class Command(BaseCommand):
    help = "List parked mails; --send or --dismiss takes their numbers, or all."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do with which."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--send", nargs="+", metavar="NUMBER", help="send again; or all")
        what.add_argument("--dismiss", nargs="+", metavar="NUMBER", help="let be; or all")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, send or dismiss.

        Raises:
            CommandError: a number is none of a parked mail.
        """
        if options["send"]:
            count = send_again(self._chosen(options["send"]), by=None)
            self.stdout.write(_("%(n)s mails are sent with the next run.") % {"n": count})
        elif options["dismiss"]:
            count = dismiss_mails(self._chosen(options["dismiss"]), by=None)
            self.stdout.write(_("%(n)s mails are not sent any more.") % {"n": count})
        else:
            self._list()

    def _list(self) -> None:
        for mail in parked_mails().select_related("notice").order_by("pk"):
            written = mail.notice.created_at if mail.notice else mail.next_attempt_at
            when = f"{timezone.localtime(written):%Y-%m-%d %H:%M}"
            whom = mail.shown_address or mail.recipient_name
            line = f"{mail.pk}  {when}  {whom}  {mail.told}  {mail.last_error}"
            self.stdout.write(line)
        self.stdout.write(_("%(n)s mails are parked.") % {"n": parked_mails().count()})

    def _chosen(self, words: list[str]) -> Any:
        if words == ["all"]:
            return parked_mails()
        numbers = {int(word) for word in words if word.isdecimal()}
        found = parked_mails().filter(pk__in=numbers)
        if len(numbers) != len(words) or found.count() != len(numbers):
            raise CommandError(_("Not every number is one of a parked mail; see the list."))
        return found
