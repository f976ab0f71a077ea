"""Suivi des tournées : une position par minute et par intervenant."""
import logging

logger = logging.getLogger(__name__)


class Position:
    def __init__(self, intervenant_id, latitude, longitude, horodatage):
        self.intervenant_id = intervenant_id
        self.latitude = latitude
        self.longitude = longitude
        self.horodatage = horodatage


def health(request):
    """Health check for the load balancer."""
    return {"status": "ok"}


def demarrer(tournee):
    logger.info("tournée %s démarrée", tournee.id)
