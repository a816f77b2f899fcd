"""How the sandbox reaches the app: Socket Mode or HTTP, and the payloads it sends."""
