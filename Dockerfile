# The application for production: gunicorn behind a reverse proxy that speaks TLS. compose.yaml runs it.

# --- what is installed, with what is needed to install it
FROM python:3.11-slim-bookworm AS rakennus
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY . .
# The key is for this one command; the image holds none.
RUN SECRET_KEY=vain-tiedostojen-kokoamiseen /venv/bin/python manage.py collectstatic --noinput

# --- what runs
FROM python:3.11-slim-bookworm
# WeasyPrint draws the PDF with these.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system seuranta && install -d -o seuranta -g seuranta /data
WORKDIR /app
COPY --from=rakennus /venv /venv
COPY --from=rakennus /app /app
# Only /data and /tmp are written to: the rest may be read-only, and the fonts' cache may go with the container.
# Two arenas of memory for the threads of a process: with more of them it keeps tens of MiB that nobody uses.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MEDIA_ROOT=/data XDG_CACHE_HOME=/tmp HOME=/tmp \
    MALLOC_ARENA_MAX=2
USER seuranta
VOLUME /data

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/terveys', timeout=9)"]
# Its control socket would want a place to write to. Processes are made anew now and then, not all at once.
CMD ["sh", "-c", "exec gunicorn strategia.wsgi --bind 0.0.0.0:8000 --workers ${PROSESSIT:-2} --threads ${SAIKEET:-4} --timeout 120 --max-requests 20000 --max-requests-jitter 5000 --no-control-socket"]
