"""A small bounded load on an address of this machine; run as a program of its own by bench.py.

Reads one JSON object from standard input and prints one: {latencies: [seconds, …], seconds, bytes, failed}.
"""

import json
import re
import socket
import sys
import threading
import time

HOST = "127.0.0.1"  # nowhere else, whatever is asked
MOST_SECONDS, MOST_REQUESTS, MOST_CLIENTS = 30, 50_000, 8
HIDDEN = re.compile(rb'<input type="hidden" name="(\w+)" value="([^"]*)"')
COOKIE = re.compile(rb"^Set-Cookie: (csrftoken=\w+)", re.MULTILINE | re.IGNORECASE)


class Line:
    """One kept-alive connection."""

    def __init__(self, port):
        self.port, self.line, self.rest = port, None, b""

    def ask(self, raw):
        """(status, head, body) of one request written out in full."""
        if self.line is None:
            self.line, self.rest = socket.create_connection((HOST, self.port), timeout=30), b""
            self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.line.sendall(raw)
        head = self.until(b"\r\n\r\n")
        length = re.search(rb"\r\nContent-Length: (\d+)", head, re.IGNORECASE)
        if length:
            body = self.exactly(int(length[1]))
        elif re.search(rb"\r\nTransfer-Encoding: chunked", head, re.IGNORECASE):
            body = self.chunks()
        else:
            body = b""
        if re.search(rb"\r\nConnection: close", head, re.IGNORECASE):
            self.line.close()
            self.line = None
        return int(head[9:12]), head, body

    def more(self):
        got = self.line.recv(262_144)
        if not got:
            raise ConnectionError
        self.rest += got

    def until(self, mark):
        while (at := self.rest.find(mark)) < 0:
            self.more()
        found, self.rest = self.rest[: at + len(mark)], self.rest[at + len(mark) :]
        return found

    def exactly(self, number):
        while len(self.rest) < number:
            self.more()
        found, self.rest = self.rest[:number], self.rest[number:]
        return found

    def chunks(self):
        body = b""
        while size := int(self.until(b"\r\n"), 16):
            body += self.exactly(size)
            self.exactly(2)
        self.exactly(2)
        return body


def written(method, path, headers, body=b""):
    """A request as it goes over the line."""
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {HOST}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def somewhere(number):
    """Everybody asks from an address of their own, as behind a proxy: limits are not what is measured."""
    return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def once(line, asked, number):
    """One request, or for a form two: fetch it, then send it back filled. (bytes, whether it went well)"""
    headers = asked.get("headers", {}) | somewhere(number)
    if not asked.get("form"):
        body = asked.get("body", "").encode()
        status, _head, got = line.ask(written(asked["method"], asked["path"], headers, body))
        return len(got), status == asked["status"]
    status, head, page = line.ask(written("GET", asked["path"], headers))
    hidden = {name.decode(): value.decode() for name, value in HIDDEN.findall(page)}
    cookie = COOKIE.search(head)
    fields = hidden | {name: value.format(number=number) for name, value in asked["form"].items()}
    body = "&".join(f"{name}={value}" for name, value in fields.items()).encode()
    headers |= {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie[1].decode() if cookie else "",
    }
    status, _head, got = line.ask(written("POST", asked["path"], headers, body))
    return len(page) + len(got), status == asked["status"]


def run(asked):
    """The load that was asked for, within the bounds above."""
    seconds = min(asked["seconds"], MOST_SECONDS)
    clients = min(asked["clients"], MOST_CLIENTS)
    most = min(asked.get("most", MOST_REQUESTS), MOST_REQUESTS)
    latencies, sizes, failed = [], [], [0]
    begin = time.perf_counter()
    until = begin + seconds

    def client(first):
        line, number = Line(asked["port"]), first
        while time.perf_counter() < until and len(latencies) < most:
            started = time.perf_counter()
            try:
                size, well = once(line, asked, asked.get("from", 0) + number)
            except (OSError, ValueError):
                line, size, well = Line(asked["port"]), 0, False
            latencies.append(time.perf_counter() - started)
            sizes.append(size)
            failed[0] += not well
            number += clients

    threads = [threading.Thread(target=client, args=[number]) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begin
    return {"latencies": latencies, "seconds": took, "bytes": max(sizes, default=0), "failed": failed[0]}


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
