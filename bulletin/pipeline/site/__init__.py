"""The whole web edition: what changed is made again, everything is proven, and the site takes its new state at once."""
