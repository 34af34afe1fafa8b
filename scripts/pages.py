#!/usr/bin/env python3
"""Times of all pages, their weight, and a load run: chancery serve on a copy of a ledger.

    scripts/pages.py target/release/chancery LEDGER [--seconds 30] [--connections 50] [--requests 40]

Prints Markdown. The pages are asked one after another, each REQUESTS times over one connection (median, p99, bytes).
The load run reads with `wrk` (Debian: wrk) while one writer grades publishers, twenty clients send half a request head
and wait, twenty send a body a byte a second, and bodies of 100 MB are offered; a page asked meanwhile must answer.
The ledger itself is not touched. Exit code 1: a page failed, wrk saw errors, or memory grew by more than a fifth.
"""
import argparse
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time


def rss(pid):
    with open(f"/proc/{pid}/status") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1))


def serve(binary, ledger):
    p = subprocess.Popen([binary, "serve", ledger, "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
    line = p.stderr.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
    if not found:
        sys.exit(f"the server did not start: {line}")
    return p, int(found.group(1))


def get(port, path, timeout=60):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    c.request("GET", path)
    r = c.getresponse()
    body = r.read()
    c.close()
    return r.status, body


def rows(port, path):
    return json.loads(get(port, path)[1])["rows"]


def pages(port):
    """An address of each page, about what this ledger tells most of."""
    claims = rows(port, "/api/v1/claims?predicate=recognition&limit=50") or rows(port, "/api/v1/claims?limit=50")
    known = (c for c in claims if c.get("object") and get(port, f"/actor?id={c['subject']['id']}")[0] == 200)
    c = next(known, claims[0])
    a, b = c["subject"]["id"], (c.get("object") or c["subject"])["id"]
    return [
        ("home", "/"),
        ("search", "/?q=embassy"),
        ("pair", f"/pair?a={a}&b={b}"),
        ("actor", f"/actor?id={a}"),
        ("matrix", f"/matrix?subjects={a}"),
        ("matrix, all", "/matrix"),
        ("network", f"/network?actor={a}"),
        ("map", f"/map?actor={a}&events=all"),
        ("timeline", "/timeline"),
        ("timeline of an actor", f"/timeline?actor={a}"),
        ("changes of an actor", f"/changes?actor={a}&since=2000-01-01"),
        ("conflicts", "/conflicts"),
        ("conflicts of a pair", f"/conflicts?a={a}&b={b}"),
        ("documents", "/documents"),
        ("document", f"/document?id={c['doc']}"),
        ("claim", f"/claim?id={c['id']}"),
    ]


def times(port, n):
    bad = False
    print("| page | median | p99 | weight |\n|---|---|---|---|")
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for name, path in pages(port):
        took = []
        for _ in range(n):
            t = time.perf_counter()
            c.request("GET", path)
            r = c.getresponse()
            body = r.read()
            took.append((time.perf_counter() - t) * 1000)
            bad |= r.status != 200
        took.sort()
        p99 = took[min(n - 1, int(n * 0.99))]
        note = "" if r.status == 200 else f" (status {r.status})"
        print(f"| {name}{note} | {statistics.median(took):.1f} ms | {p99:.1f} ms | {len(body) / 1000:.0f} kB |")
    return bad


LUA = """
local paths = { %s }
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", paths[n %% #paths + 1])
end
"""


def load(port, pid, seconds, connections):
    paths = [p for n, p in pages(port) if n not in ("matrix, all", "search", "network")]
    lua = tempfile.NamedTemporaryFile("w", suffix=".lua", delete=False)
    lua.write(LUA % ", ".join(json.dumps(p) for p in paths))
    lua.close()
    stop = threading.Event()
    writes = []

    def write():
        grades = "ABCDEF"
        while not stop.is_set():
            body = json.dumps({"publisher": "Load run", "grade": grades[len(writes) % 6]})
            try:
                c = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                c.request("POST", "/api/v1/grade", body, {"Content-Type": "application/json"})
                writes.append(c.getresponse().status)
                c.close()
            except OSError as e:
                writes.append(str(e))
            stop.wait(0.5)

    def half_a_head():
        while not stop.is_set():
            try:
                s = socket.create_connection(("127.0.0.1", port))
                s.sendall(b"GET /timeline HTTP/1.1\r\nHost: 127.0.0.1")
                stop.wait(15)
                s.close()
            except OSError:
                pass

    def slow_body():
        while not stop.is_set():
            try:
                s = socket.create_connection(("127.0.0.1", port))
                head = f"POST /api/v1/grade HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
                s.sendall(head.encode() + b"Content-Length: 1000\r\n\r\n{")
                while not stop.wait(1):
                    s.sendall(b" ")
            except OSError:
                pass

    refused = []

    def oversized():
        block = b"x" * 65536
        while not stop.is_set():
            try:
                s = socket.create_connection(("127.0.0.1", port))
                head = f"POST /api/v1/read HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
                s.sendall(head.encode() + b"Content-Length: 104857600\r\n\r\n")
                for _ in range(1600):
                    s.sendall(block)
                refused.append("taken")
            except OSError:
                refused.append("cut")
            stop.wait(2)

    meanwhile = []

    def visitor():
        while not stop.is_set():
            t = time.perf_counter()
            try:
                status, _ = get(port, "/documents", 10)
            except OSError as e:
                status = str(e)
            meanwhile.append((status, (time.perf_counter() - t) * 1000))
            stop.wait(0.25)

    get(port, paths[0])
    before = rss(pid)
    helpers = [write, oversized, visitor] + [half_a_head] * 20 + [slow_body] * 20
    threads = [threading.Thread(target=f, daemon=True) for f in helpers]
    for t in threads:
        t.start()
    samples = []
    wrk = subprocess.Popen(
        ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", lua.name, "--latency",
         f"http://127.0.0.1:{port}/"],
        stdout=subprocess.PIPE, text=True)
    while wrk.poll() is None:
        samples.append(rss(pid))
        time.sleep(1)
    out = wrk.stdout.read()
    stop.set()
    time.sleep(1)
    os.unlink(lua.name)
    total = re.search(r"(\d+) requests in ([\d.]+[smh])", out)
    wrong = re.findall(r"(Socket errors:.*|Non-2xx.*)", out)
    p = dict(re.findall(r"(50|99)%\s+(\S+)", out))
    early = statistics.median(samples[3:8] or samples)
    late = statistics.median(samples[-5:])
    slow = sorted(t for _, t in meanwhile)
    print(f"\n| load: {connections} connections, {seconds} s | |\n|---|---|")
    print(f"| requests answered | {total.group(1)} in {total.group(2)} |")
    print(f"| latency, median and p99 | {p.get('50')}, {p.get('99')} |")
    print(f"| errors | {'; '.join(wrong) or 'none'} |")
    ok = sum(1 for w in writes if w == 200)
    print(f"| writes beside them | {ok} of {len(writes)} done |")
    print(f"| bodies of 100 MB | {len(refused)} offered, {refused.count('cut')} cut off |")
    fine = sum(1 for s, _ in meanwhile if s == 200)
    print(f"| a visitor among 40 slow clients | {fine} of {len(meanwhile)} pages, median {statistics.median(slow):.0f} ms, slowest {slow[-1]:.0f} ms |")
    print(f"| memory before, early, late | {before / 1024:.0f}, {early / 1024:.0f}, {late / 1024:.0f} MB |")
    return bool(wrong) or ok != len(writes) or fine != len(meanwhile) or late > early * 1.2


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("binary")
    a.add_argument("ledger")
    a.add_argument("--seconds", type=int, default=30)
    a.add_argument("--connections", type=int, default=50)
    a.add_argument("--requests", type=int, default=40)
    o = a.parse_args()
    folder = tempfile.mkdtemp()
    copy = os.path.join(folder, "copy.ledger")
    shutil.copyfile(o.ledger, copy)
    p, port = serve(o.binary, copy)
    try:
        bad = times(port, o.requests)
        bad |= load(port, p.pid, o.seconds, o.connections)
    finally:
        p.terminate()
        p.wait()
        shutil.rmtree(folder)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
