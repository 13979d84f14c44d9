"""What becomes of the platform's own rows about a merged record."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from crm.accounts.models import Pool, Share
from crm.activity.models import About, Activity, Once, OwnershipChange, StateChange
from crm.files.holders import holders
from crm.files.models import KeptFile
from crm.importexport.models import ImportRow
from crm.notifications.models import Notice
from crm.stars.models import Star
from customers.matching.models import AccessRequest
from customers.merging.models import Merge, MergedRecord, MergeMove
from customers.merging.relations import beside, derived, moves, stays

moves(KeptFile, "object_id", "what lies with one of them belongs to the result", by_kind="kind", nouns=holders, counted=True)
moves(Star, "object_id", "who marked one of the records has marked the result; marked twice counts once", by_noun="noun", once=("user_id",))
moves(Share, "object_id", "who was shown one of the records sees the result; shown twice counts once", by_noun="noun", once=("user_id",))
moves(AccessRequest, "object_id", "who asked to see one of the records asks for the result; asked twice is one request", by_noun="noun", once=("asked_by_id",))
stays(Activity, "object_id", "what happened is never changed; the words for it name the record it happened to")
derived(About, "object_id", "what happened stands on both timelines: the entries for the survivor are added and taken away again")
stays(Once, "object_id", "a request asked again is answered by the record it made, whose address leads on to the survivor")
stays(OwnershipChange, "object_id", "the ledger of owners says who held this record")
stays(StateChange, "object_id", "the ledger of states says what this record went through")
stays(ImportRow, "object_id", "it says which record a row of a sheet made")
stays(Notice, "event_id", "a notice speaks of its event; its address leads on to the survivor")
stays(LogEntry, "object_id", "the log of the administration says what was done there, and when")
stays(Permission, "content_type", "speaks of kinds of records, not of records")
stays(Pool, "noun", "speaks of kinds of records, not of records")
stays(Merge, "survivor_id", "the journal of merges itself")
stays(Merge, "event_id", "the journal of merges itself")
stays(MergedRecord, "object_id", "the journal of merges itself")
stays(MergeMove, "object_id", "the journal of merges itself")
stays(MergeMove, "from_id", "the journal of merges itself")
stays(MergeMove, "to_id", "the journal of merges itself")

# Rooms beside this one, which it does not know: their rows stay.
TWO = "what was found alike and decided about two records is remembered for these two"
beside.add("customers.DuplicatePair.left_id", TWO)
beside.add("customers.DuplicatePair.right_id", TWO)
beside.add("customers.Proposal.object_id", "a proposal is about the values of this record; the next run looks at those of the survivor")
beside.add("customers.Proposal.event_id", "it says which change wrote the value")
beside.add("jobs.Job.request_id", "the number of the request that started a job, and no record's")
