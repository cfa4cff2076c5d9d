"""Language models behind one port: servers, files, guard, budget, recording, probe."""
