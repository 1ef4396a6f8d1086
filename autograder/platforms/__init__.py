"""How does work come in and go out? Archives, rosters, exports, other graders."""
