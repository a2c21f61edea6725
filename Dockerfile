# The application for production: gunicorn behind a reverse proxy that speaks TLS. compose.yaml runs it.
FROM python:3.11-slim-bookworm

# WeasyPrint draws the PDF with these.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt

COPY . .
# The key is for this one command; the image holds none.
RUN SECRET_KEY=vain-tiedostojen-kokoamiseen python manage.py collectstatic --noinput

# Only the uploaded files are written to; the fonts' cache may go with the container.
ENV PYTHONUNBUFFERED=1 MEDIA_ROOT=/data XDG_CACHE_HOME=/tmp
RUN useradd --system seuranta && install -d -o seuranta -g seuranta /data
USER seuranta
VOLUME /data

EXPOSE 8000
CMD ["gunicorn", "strategia.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--timeout", "120"]
