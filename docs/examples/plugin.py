#!/usr/bin/env python3
"""A thermometer for a Dwapi server, in plain Python: plugin.py HOST PORT EDGE_ID KEY [VALUES...]

Connects the plug-in link (docs/plugin-protocol.md), announces one thermometer and reports the values, 36.6 if there are none.
Ends when the server has acknowledged them. Without an outbox on disk its sequences begin at 1 with a new epoch each time.
"""
import base64, json, os, socket, struct, sys, time

host, port, edge_id, key = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
values = sys.argv[5:] or ["36.6"]
service_id = "python-thermometer-" + edge_id

# The WebSocket upgrade (RFC 6455). No Origin header: with one the server takes us for a web page and refuses.
sock = socket.create_connection((host, port), timeout=30)
sock.sendall((f"GET /gotapi/plugin HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n").encode())
stream = sock.makefile("rb")
status = stream.readline().decode().strip()
while stream.readline() not in (b"\r\n", b""):
    pass
if " 101 " not in status + " ":
    sys.exit("refused: " + status)


def send(frame, opcode=1):
    """One WebSocket message; a client masks what it sends."""
    data = frame if isinstance(frame, bytes) else json.dumps(frame).encode()
    size = struct.pack("!B", 0x80 | len(data)) if len(data) < 126 else struct.pack("!BH", 0xFE, len(data))
    mask = os.urandom(4)
    sock.sendall(bytes([0x80 | opcode]) + size + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))


def receive():
    """The next frame of the server; answers its pings on the way."""
    while True:
        opcode, size = stream.read(2) or sys.exit("the connection broke")
        size = {126: lambda: struct.unpack("!H", stream.read(2))[0],
                127: lambda: struct.unpack("!Q", stream.read(8))[0]}.get(size, lambda: size)()
        data = stream.read(size)
        if opcode == 0x89:
            send(data, opcode=10)
        elif opcode == 0x88:
            sys.exit("closed by the server: " + data[2:].decode())
        else:
            frame = json.loads(data)
            print(frame["method"], {k: v for k, v in frame.items() if k != "method"})
            if frame["method"] == "ERROR":
                sys.exit(1)
            return frame


def measurement(sequence, text):
    """One item: value and mderFloat are the same number, with the same digits."""
    text = repr(float(text))
    digits = len(text.partition(".")[2])
    now = time.time_ns() // 1_000_000
    stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime(now // 1000)) + f".{now % 1000:03}-0000"
    return {"sequence": sequence, "serviceId": service_id, "profile": "health", "attribute": "thermometer", "receivedAt": now,
            "stamped": False, "batteryLevel": -1.0, "quantities": {"temperature": {
                "value": float(text), "mderFloat": f"{-digits & 0xFF:02X}{int(text.replace('.', '')) & 0xFFFFFF:06X}",
                "type": "Body temperature", "typeCode": "150364", "unit": "deg C", "unitCode": "268192",
                "timeStamp": now, "timeStampString": stamp, "timeStampByPlugIn": True}}}


send({"method": "HELLO", "edgeId": edge_id, "key": key, "epoch": os.urandom(8).hex(), "acknowledged": 0, "product": "plugin.py",
      "version": "1.0", "approval": "automatic"})
receive()  # WELCOME
send({"method": "SERVICES", "complete": True, "services": [
    {"serviceId": service_id, "name": "Thermometer in Python", "type": "USB", "online": True, "scopes": ["thermometer"]}]})
send({"method": "EVENTS", "items": [measurement(i + 1, text) for i, text in enumerate(values)]})
while receive().get("sequence", 0) < len(values):
    pass
print("all acknowledged")
