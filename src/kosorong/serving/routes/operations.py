"""Whether the server lives, and what it did."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from kosorong.serving.description import describe_routes
from kosorong.serving.services import services

blueprint = Blueprint("operations", __name__)


@blueprint.get("/health")
def health() -> Response:
    """Say that the models are loaded and requests are answered."""
    return jsonify({"status": "ok"})


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe the routes for programs that make clients."""
    return jsonify(describe_routes(request.host_url.rstrip("/")))


@blueprint.get("/metrics")
def metrics() -> Response:
    """Return counts and times for Prometheus."""
    work = services()
    page = work.metrics.render({"requests_admitted": work.admission.admitted})
    return Response(page, content_type="text/plain; version=0.0.4; charset=utf-8")
