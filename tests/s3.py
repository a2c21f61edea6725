"""A bucket of a real S3 server, for what must work where files lie on no disk of ours."""

import secrets
import subprocess

import boto3
import pytest
from botocore.config import Config

from .ymparisto import CI, JUURI

PYTHON = JUURI / ".test" / "swift" / "bin" / "python"
AVAIN, SALAISUUS = "seuranta:testi", "salaisuus"


@pytest.fixture(scope="session")
def s3_osoite(tmp_path_factory):
    """Where the server of this run answers."""
    if not PYTHON.exists():
        assert not CI, f"{PYTHON} puuttuu: make test asentaa sen"
        pytest.skip("S3-palvelin puuttuu: make test asentaa sen")
    program = [PYTHON, JUURI / "tests" / "ohjelmat" / "s3_palvelin.py", tmp_path_factory.mktemp("s3") / "swift"]
    server = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    yield f"http://{server.stdout.readline().strip()}"
    server.terminate()
    server.wait()


@pytest.fixture
def sanko(s3_osoite):
    """The settings of a new, empty bucket."""
    name = f"tiedostot-{secrets.token_hex(6)}"
    plain = Config(s3={"addressing_style": "path"}, request_checksum_calculation="when_required")
    keys = {"aws_access_key_id": AVAIN, "aws_secret_access_key": SALAISUUS, "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=s3_osoite, config=plain, **keys).create_bucket(Bucket=name)
    return {"S3_ENDPOINT": s3_osoite, "S3_BUCKET": name, "S3_AVAIN": AVAIN, "S3_SALAISUUS": SALAISUUS}


@pytest.fixture
def varasto(sanko, settings):
    """This process keeps its files there."""
    options = {
        "endpoint_url": sanko["S3_ENDPOINT"],
        "bucket_name": sanko["S3_BUCKET"],
        "access_key": sanko["S3_AVAIN"],
        "secret_key": sanko["S3_SALAISUUS"],
    }
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "strategia.sanko.Sanko", "OPTIONS": options}}
    return options
