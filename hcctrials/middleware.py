"""Headers that Django has no setting for. It reads nothing of the request and keeps nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Everything that a browser may be asked for is off; a place may be asked for, by our own pages, for "near me".
_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(["geolocation=(self)", *(f"{name}=()" for name in _OFF)])


class PermissionsPolicyMiddleware:
    """Adds the Permissions-Policy header to every answer that has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
