"""The Qt window: draws snapshots, issues commands."""
