// The FerretDB that tests of jobs use in the place of MongoDB, over PostgreSQL alone. It takes the
// flags of the official program that tests give; that one is not built from outside its own module.
package main

import (
	"context"
	"flag"
	"log"
	"log/slog"
	"os"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	addr := flag.String("listen-addr", "127.0.0.1:27017", "address to listen on")
	url := flag.String("postgresql-url", "", "where documents are kept")
	for _, name := range []string{"debug-addr", "state-dir", "telemetry", "log-level"} {
		flag.String(name, "", "as the official program has it; here nothing")
	}
	flag.Parse()
	quiet := &slog.HandlerOptions{Level: slog.LevelError}
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:      ferretdb.ListenerConfig{TCP: *addr},
		Logger:        slog.New(slog.NewTextHandler(os.Stderr, quiet)),
		Handler:       "postgresql",
		PostgreSQLURL: *url,
	})
	if err != nil {
		log.Fatal(err)
	}
	if err = server.Run(context.Background()); err != nil {
		log.Fatal(err)
	}
}
