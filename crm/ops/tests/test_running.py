"""Who comes second is told who was first."""

import http.server
import os
import threading

import pytest

from crm.ops.running import RunningLock, listen
from crm.ops.terminal import Trouble


def test_the_second_on_a_data_folder_is_told_the_process_and_the_address_of_the_first(tmp_path):
    first, second = RunningLock(tmp_path, "http://127.0.0.1:8000"), RunningLock(tmp_path, "http://127.0.0.1:9000")
    with first, pytest.raises(Trouble, match=rf"{os.getpid()}.*http://127\.0\.0\.1:8000"), second:
        pass
    with second as mine:
        assert "9000" in mine.file.read_text()


def test_a_taken_port_gets_one_sentence_that_names_another():
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        with pytest.raises(Trouble, match=f"PORT={other.server_port + 1} "):
            listen(other.server_port)
        other.shutdown()


@pytest.mark.parametrize("port", [-1, 65536, 99999])
def test_a_number_that_is_no_port_gets_the_same_sentence(port):
    with pytest.raises(Trouble, match="PORT="):
        listen(port)
