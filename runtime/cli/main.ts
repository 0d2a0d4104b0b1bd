process.stdout.write("informd\n");
