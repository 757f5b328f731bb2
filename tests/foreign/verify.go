// Verifies a log with Go's checksum database libraries alone: golang.org/x/mod/sumdb/note and
// golang.org/x/mod/sumdb/tlog. It shares no code with Chancery.
//
//	go run verify.go FOLDER KEY
//
// FOLDER holds what the log serves under /log (checkpoint, tile/…) and, as `old`, an earlier
// checkpoint; `growth`, a proof that the log continues it; and *.tlog-proof, proofs of entries.
// It ends with 0 if all of it holds, and with 1 and the reason if something does not.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: verify FOLDER KEY")
		os.Exit(2)
	}
	log := folder(os.Args[1])
	said, err := log.verify(os.Args[2])
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
	fmt.Println(said)
}

type folder string

func (f folder) verify(key string) (string, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return "", err
	}
	tree, err := f.checkpoint("checkpoint", verifier)
	if err != nil {
		return "", err
	}
	records, err := f.entries(tree)
	if err != nil {
		return "", err
	}
	// The tiles: entries are proved from them, too.
	reader := tlog.TileHashReader(tree, tiles{f})
	for n := int64(0); n < tree.N; n += 1 + tree.N/50 {
		path, err := tlog.ProveRecord(tree.N, n, reader)
		if err == nil {
			err = tlog.CheckRecord(path, tree.N, tree.Hash, n, records[n])
		}
		if err != nil {
			return "", fmt.Errorf("tiles, entry %d: %v", n, err)
		}
	}
	old, err := f.checkpoint("old", verifier)
	if err != nil {
		return "", err
	}
	if err := f.growth(old, tree); err != nil {
		return "", err
	}
	proofs, err := filepath.Glob(filepath.Join(string(f), "*.tlog-proof"))
	if err != nil {
		return "", err
	}
	if len(proofs) == 0 {
		return "", fmt.Errorf("there are no proofs of entries")
	}
	for _, path := range proofs {
		if err := f.proof(path, verifier); err != nil {
			return "", fmt.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
	return fmt.Sprintf("%d entries, growth from %d, %d proofs of entries", tree.N, old.N, len(proofs)), nil
}

// checkpoint reads a signed note that the key has signed.
func (f folder) checkpoint(name string, verifier note.Verifier) (tlog.Tree, error) {
	bytes, err := os.ReadFile(filepath.Join(string(f), name))
	if err != nil {
		return tlog.Tree{}, err
	}
	tree, err := open(bytes, verifier)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("%s: %v", name, err)
	}
	return tree, nil
}

func open(bytes []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(bytes, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// entries hashes every entry and compares the root with the signed one.
func (f folder) entries(tree tlog.Tree) ([]tlog.Hash, error) {
	var records, hashes []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, hashes[index])
		}
		return found, nil
	})
	for n := int64(0); n < tree.N; {
		width := min(256, tree.N-n)
		bundle, err := os.ReadFile(f.tile("entries", n/256, width))
		if err != nil {
			return nil, err
		}
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("the bundle ends within entry %d", n+i)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			stored, err := tlog.StoredHashes(n+i, bundle[2:end], read)
			if err != nil {
				return nil, err
			}
			records = append(records, tlog.RecordHash(bundle[2:end]))
			hashes = append(hashes, stored...)
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			return nil, fmt.Errorf("the bundle of entry %d has more bytes than entries", n)
		}
		n += width
	}
	root, err := tlog.TreeHash(tree.N, read)
	if err != nil {
		return nil, err
	}
	if root != tree.Hash {
		return nil, fmt.Errorf("the entries have the root %v, but %v was signed", root, tree.Hash)
	}
	return records, nil
}

// growth checks the proof that the newer tree continues the older one.
func (f folder) growth(old, new tlog.Tree) error {
	if old.N > new.N {
		return fmt.Errorf("%d entries were signed before, but the log has %d", old.N, new.N)
	}
	text, err := os.ReadFile(filepath.Join(string(f), "growth"))
	if err != nil {
		return err
	}
	head, _, _ := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if lines[0] != fmt.Sprintf("old %d", old.N) {
		return fmt.Errorf("growth: %q is not about the older checkpoint", lines[0])
	}
	path, err := parse(lines[1:])
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(path, new.N, new.Hash, old.N, old.Hash); err != nil {
		return fmt.Errorf("growth: %v", err)
	}
	return nil
}

// proof checks a file that proves one entry (c2sp.org/tlog-proof); it holds the entry.
func (f folder) proof(path string, verifier note.Verifier) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, checkpoint, _ := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("not a tlog-proof")
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	hashes, err := parse(lines[3:])
	if err != nil {
		return err
	}
	tree, err := open(checkpoint, verifier)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

// tiles reads tiles as c2sp.org/tlog-tiles names them.
type tiles struct{ folder }

func (tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		bytes, err := os.ReadFile(t.tile(strconv.Itoa(tile.L), tile.N, int64(tile.W)))
		if err != nil {
			return nil, err
		}
		found = append(found, bytes)
	}
	return found, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) tile(level string, n, width int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return filepath.Join(string(f), "tile", level, path)
}

func parse(lines []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}
