"""Asks for one file again and again over kept connections, and lets the kernel throw the bytes away.

A client that copies what it gets takes the processor from the server that is measured beside it.
Usage: discard.py JSON, with port, request (text), n, conc; prints JSON: times in ms, good, seconds.
"""
import json
import socket
import sys
import threading
import time

SPEC = json.loads(sys.argv[1])
REQUEST = SPEC["request"].encode("latin-1")
ROOM = 4 * 1024 * 1024

lock = threading.Lock()
left = SPEC["n"]
answers = []


def take():
    global left
    with lock:
        left -= 1
        return left >= 0


def answer(line):
    line.sendall(REQUEST)
    head = b""
    while b"\r\n\r\n" not in head:
        some = line.recv(16384)
        if not some:
            raise ConnectionError("closed in the head")
        head += some
    head, body = head.split(b"\r\n\r\n", 1)
    fields = head.lower().split(b"\r\ncontent-length:")
    length = int(fields[1].split(b"\r\n")[0]) if len(fields) > 1 else 0
    missing = length - len(body)
    while missing > 0:
        got = line.recv_into(memory(), min(ROOM, missing), socket.MSG_TRUNC)
        if got == 0:
            raise ConnectionError("closed in the body")
        missing -= got
    return int(head[9:12]), length


local = threading.local()


def memory():
    if not hasattr(local, "memory"):
        local.memory = bytearray(ROOM)
    return local.memory


def run():
    line = socket.create_connection(("127.0.0.1", SPEC["port"]))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while take():
        started = time.perf_counter()
        try:
            status, length = answer(line)
        except OSError:
            return
        answers.append((status, length, (time.perf_counter() - started) * 1000))
    line.close()


started = time.perf_counter()
lines = [threading.Thread(target=run) for _ in range(SPEC["conc"])]
for one in lines:
    one.start()
for one in lines:
    one.join()
json.dump({"seconds": time.perf_counter() - started, "answers": answers}, sys.stdout)
