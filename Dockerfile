# syntax=docker/dockerfile:1
# One image for web, worker, beat and relay: docker-compose.yml says which command each one runs.

FROM node:24-bookworm-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY static-src static-src
COPY static static
RUN npm run build

FROM python:3.13-slim-bookworm AS packages
COPY requirements/runtime.txt /tmp/runtime.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r /tmp/runtime.txt

FROM python:3.13-slim-bookworm
# MALLOC_: what a worker has done with goes back, but for 8 MB: without it a worker keeps its highest tide for ever,
# and where everything goes back at once an answer of the matcher takes half as long again.
LABEL org.opencontainers.image.title="Initiatiefwijzer" \
      org.opencontainers.image.licenses="EUPL-1.2"
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576 MALLOC_TRIM_THRESHOLD_=8388608 \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin initiatiefwijzer \
    && install -d -o initiatiefwijzer /srv/media
WORKDIR /srv/app
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=front-end /build/static static
# The names of the static files come from their contents, so they are made here. No setting of a real place is used.
RUN SECRET_KEY=only-while-building DATABASE_URL=postgres://nobody@/none REDIS_URL=redis://none \
    python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q . /opt/venv
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/gezond', timeout=4)"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "initiatiefwijzer.wsgi"]
