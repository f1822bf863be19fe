# The claimwire command, as a user without rights. Kafka is another container (docker-compose.yml).
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/claimwire \
    && /opt/claimwire/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY claimwire claimwire
COPY streams streams
COPY agents agents
COPY board board
COPY seeds seeds
RUN /opt/claimwire/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 claimwire
COPY --from=build /opt/claimwire /opt/claimwire
ENV PATH=/opt/claimwire/bin:$PATH PYTHONUNBUFFERED=1
USER claimwire
WORKDIR /home/claimwire
ENTRYPOINT ["claimwire"]
CMD ["worker"]
