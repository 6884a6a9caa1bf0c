"""Checks plaintexts of Counterfoil tokens without a store, as docs/token-format.md describes.

Reads one plaintext per line from standard input: other users of the machine can read arguments.
Prints one line for each: its checksum (plain, keyed, wrong or malformed), and the hashes by which a
store may know it. Exits with 1 if a checksum is wrong or a plaintext is malformed.

Takes keys from the environment, in Base64: CHECKSUM_KEY, and PEPPER with its name in PEPPER_NAME.
"""
import base64, hashlib, hmac, os, re, string, sys, zlib

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
SHAPE = re.compile(rb"([a-z](?:_?[a-z0-9])+)_[0-9A-Za-z]{43}[0-9A-Za-z]{6}")


def base62(number):
    return "".join(BASE62[number // 62**i % 62] for i in reversed(range(6))).encode()


def checksum(plaintext, key):
    shape = SHAPE.fullmatch(plaintext)
    if not shape or len(shape[1]) > 20:
        return "malformed"
    body, found = plaintext[:-6], plaintext[-6:]
    if found == base62(zlib.crc32(body)):
        return "plain"
    keyed = key and int.from_bytes(hmac.digest(key, body, "sha256")[:8], "big") % 62**6
    return "keyed" if key and found == base62(keyed) else "wrong"


def main():
    if len(sys.argv) > 1:
        sys.exit("verify.py takes no arguments: send plaintexts to standard input")
    key, pepper = (base64.b64decode(os.environ.get(name, "")) for name in ("CHECKSUM_KEY", "PEPPER"))
    verdicts = set()
    for plaintext in sys.stdin.buffer.read().splitlines():
        words = [checksum(plaintext, key)]
        verdicts.add(words[0])
        if words[0] in ("plain", "keyed"):
            words.append("sha256:" + hashlib.sha256(plaintext).hexdigest())
            if pepper:
                tag = "hmac:" + os.environ["PEPPER_NAME"]
                words.append(tag + ":" + hmac.digest(pepper, plaintext, "sha256").hex())
        print(*words)
    sys.exit(not verdicts <= {"plain", "keyed"})


if __name__ == "__main__":
    main()
