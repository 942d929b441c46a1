# Kosorong in one image: the page is built, the wheel that carries it is made, and what runs has
# neither compilers nor tools. `--target proxy` is Caddy with our Caddyfile.

FROM node:24-bookworm-slim AS page
WORKDIR /build/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web/ ./
COPY examples/ ../examples/
RUN npm run build

FROM python:3.12-slim-bookworm AS wheel
WORKDIR /build
COPY pyproject.toml LICENSE MODELS.md ./
COPY docs/package.md docs/
COPY src/ src/
# A book that a new library begins with is a link to this.
COPY examples/ examples/
COPY --from=page /build/web/dist src/kosorong_library/page
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim-bookworm AS kosorong
COPY deploy/requirements.lock /tmp/requirements.lock
# Every package by the hash of its file; ours has no index to come from.
RUN --mount=type=bind,from=wheel,source=/wheels,target=/wheels \
    pip install --no-cache-dir --require-hashes --requirement /tmp/requirements.lock \
    && pip install --no-cache-dir --no-deps --no-index /wheels/*.whl \
    && pip check \
    && rm /tmp/requirements.lock \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin kosorong \
    && install -d -o kosorong -g kosorong /data /scratch
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    KOSORONG_DATA=/data \
    TMPDIR=/scratch
LABEL org.opencontainers.image.title="Kosorong" \
    org.opencontainers.image.description="Korean texts become Jeju (제주어) audiobooks" \
    org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-NC-SA-4.0 AND CC-BY-SA-4.0"
USER kosorong
VOLUME ["/data", "/scratch"]
EXPOSE 8000
# Of the API; what runs another command says its own, as the compose files do.
HEALTHCHECK --interval=30s --timeout=8s --start-period=2m --retries=4 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://localhost:8000/api/ready/', timeout=5)"]
CMD ["kosorong", "api", "--host", "0.0.0.0", "--port", "8000"]

FROM caddy:2.10-alpine AS proxy
# A new volume takes the owner of the folder it is laid over.
RUN mkdir -p /data/caddy /config/caddy && chown -R 10001:10001 /data /config
COPY deploy/Caddyfile /etc/caddy/Caddyfile
LABEL org.opencontainers.image.title="Kosorong, proxy" \
    org.opencontainers.image.licenses="Apache-2.0"
EXPOSE 80 443
HEALTHCHECK --interval=30s --timeout=5s --retries=4 CMD ["nc", "-z", "127.0.0.1", "443"]
USER 10001
