"""A worker is killed for real while it sends mail: no letter arrives twice, and none is lost unheard (LIMITS F1).

`KEMAN_KILLS=20 KEMAN_KILL_MAILS=1000 pytest crm/notifications/tests/test_kill.py` kills as often, and at other moments each time.
"""

import os
import random
import re
import signal
from collections import Counter

from crm.core import clock
from crm.jobs.models import Job
from crm.notifications import letters
from crm.notifications.mailing import BACKEND
from crm.testing.workers import wait_until, wait_until_no_worker_is_connected

KILLS = int(os.environ.get("KEMAN_KILLS", "3"))
MAILS = int(os.environ.get("KEMAN_KILL_MAILS", "40"))


def arrived(post_office):
    """How often each letter arrived, by the number that it names."""
    return Counter(int(number) for letter in post_office.letters for number in re.findall(r"/letter/(\d+)/", letter.get_content()))


def test_killed_again_and_again_no_letter_arrives_twice(committed, people, post_office, worker):
    for number in range(MAILS):
        letters.write("account/email/password_reset_key", people.rep_a, {"password_reset_url": f"https://crm.example.com/letter/{number}/"})
    host, port = post_office.server_address
    mail = {"EMAIL_BACKEND": BACKEND, "EMAIL_HOST": host, "EMAIL_PORT": port}
    for moment in sorted(random.sample(range(1, MAILS), KILLS)):
        process = worker(**mail)
        wait_until(lambda moment=moment: len(post_office.letters) >= moment)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        wait_until_no_worker_is_connected()
        Job.objects.filter(state=Job.State.RUNNING).update(lease_until=clock.now())
    assert worker(**mail).wait(300) == 0
    found = arrived(post_office)
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert [number for number, times in found.items() if times > 1] == []
    missing = set(range(MAILS)) - set(found)
    uncertain = {int(re.search(r"\d+", job.args["facts"]["password_reset_url"])[0]) for job in Job.objects.filter(result__uncertain=True)}
    assert missing <= uncertain
    assert len(uncertain) <= KILLS


def test_killed_between_the_letter_and_the_answer_of_the_server_it_is_not_sent_again(committed, people, post_office, worker):
    letters.write("account/email/password_reset_key", people.rep_a, {"password_reset_url": "https://crm.example.com/letter/1/"})
    host, port = post_office.server_address
    mail = {"EMAIL_BACKEND": BACKEND, "EMAIL_HOST": host, "EMAIL_PORT": port}
    post_office.answers.clear()
    process = worker(**mail)
    wait_until(lambda: post_office.letters)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    post_office.answers.set()
    Job.objects.filter(state=Job.State.RUNNING).update(lease_until=clock.now())
    assert worker(**mail).wait(300) == 0
    assert arrived(post_office) == {1: 1}
    assert list(Job.objects.values_list("state", "result__uncertain")) == [("done", True)]
