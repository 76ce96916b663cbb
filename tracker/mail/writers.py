"""Who writes the messages of each kind of delivery. A room adds those that it queues; every relay asks here."""

from .relay import Writers

WRITERS: Writers = {}
