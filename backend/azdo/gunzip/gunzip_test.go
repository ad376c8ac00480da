package gunzip_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"sightline/backend/azdo/gunzip"
)

const noLimit = 1 << 30

// texts are bodies that make a compressor use each kind of block and match.
func texts() map[string][]byte {
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 200_000) // stored
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	skewed := make([]byte, 300_000) // codes of up to 15 bits: a second level of the tables
	for i := range skewed {
		for skewed[i] = 0; skewed[i] < 250 && random.IntN(3) > 0; skewed[i]++ {
		}
	}
	var page strings.Builder // as answers look
	for i := range 3000 {
		fmt.Fprintf(&page, `{"id":%d,"rev":%d,"fields":{"System.AssignedTo":{"id":"%032x","displayName":"Ann Ab"},"System.Title":"Ticket %d – ß"}},`,
			i, random.IntN(20), random.IntN(40), random.IntN(9000))
	}
	far := append(append(bytes.Clone(noise[:300]), bytes.Repeat([]byte("ab"), 16_000)...), noise[:300]...) // 32 KB back
	texts := map[string][]byte{"nothing": {}, "one byte": {7}, "a few": []byte("null"), "noise": noise, "skewed": skewed, "page": []byte(page.String()), "far": far}
	for period := 1; period < 20; period++ { // matches that read what they write
		texts[fmt.Sprint("period ", period)] = bytes.Repeat(noise[:period], 5000/period)
	}
	return texts
}

func pack(t testing.TB, plain []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, level)
	if err == nil {
		_, err = z.Write(plain)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatWasPackedComesBackFromEveryLevel(t *testing.T) {
	for name, plain := range texts() {
		for level := gzip.HuffmanOnly; level <= gzip.BestCompression; level++ {
			got, err := gunzip.Append([]byte("before "), pack(t, plain, level), noLimit)
			if err != nil || !bytes.Equal(got, append([]byte("before "), plain...)) {
				t.Errorf("%s at level %d: %d bytes and %v, not %d", name, level, len(got), err, len(plain))
			}
		}
	}
}

func TestRoomThatIsThereIsUsed(t *testing.T) {
	plain := texts()["page"]
	packed := pack(t, plain, gzip.BestSpeed)
	room := make([]byte, 0, 2*len(plain))
	got, err := gunzip.Append(room, packed, noLimit)
	if err != nil || !bytes.Equal(got, plain) || &got[0] != &room[:1][0] {
		t.Errorf("%d bytes, %v, or other memory", len(got), err)
	}
	if n := testing.AllocsPerRun(5, func() { _, _ = gunzip.Append(room, packed, noLimit) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestMembersOneAfterAnotherAreOneText(t *testing.T) {
	packed := append(pack(t, []byte("one, "), 1), pack(t, []byte("two"), 9)...)
	if got, err := gunzip.Append(nil, packed, noLimit); err != nil || string(got) != "one, two" {
		t.Errorf("%q, %v", got, err)
	}
	// The second member knows nothing of the first: it may not go back into it.
	same := bytes.Repeat([]byte("0123456789"), 10)
	whole := pack(t, append(bytes.Clone(same), same...), 9)
	if _, err := gunzip.Append(bytes.Clone(same), whole, noLimit); err != nil {
		t.Error(err)
	}
	backwards := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 0x03 | 0x40, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0} // fixed: a match before anything
	if _, err := gunzip.Append([]byte("something"), backwards, noLimit); !errors.Is(err, gunzip.ErrCorrupt) {
		t.Errorf("a match from before the stream: %v", err)
	}
}

func TestEveryPartOfAHeaderIsReadOver(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Extra, z.Name, z.Comment = []byte("extra"), "name", "comment"
	_, _ = z.Write([]byte("text")) // a buffer takes everything
	_ = z.Close()
	packed := b.Bytes()
	if got, err := gunzip.Append(nil, packed, noLimit); err != nil || string(got) != "text" {
		t.Errorf("%q, %v", got, err)
	}
	const headerLength = 10 + 2 + 5 + 5 + 8
	checked := append(bytes.Clone(packed[:headerLength]), 0, 0)
	checked[3] |= 2
	sum := crc32.ChecksumIEEE(checked[:headerLength])
	binary.LittleEndian.PutUint16(checked[headerLength:], uint16(sum))
	checked = append(checked, packed[headerLength:]...)
	if got, err := gunzip.Append(nil, checked, noLimit); err != nil || string(got) != "text" {
		t.Errorf("with a checksum: %q, %v", got, err)
	}
	checked[headerLength]++
	if _, err := gunzip.Append(nil, checked, noLimit); !errors.Is(err, gunzip.ErrHeader) {
		t.Errorf("with a wrong checksum: %v", err)
	}
}

func TestABodyCutAnywhereIsCut(t *testing.T) {
	all := texts()
	for _, name := range []string{"page", "noise", "a few"} {
		packed := pack(t, all[name][:min(len(all[name]), 3000)], 6)
		for n := range packed {
			want := io.ErrUnexpectedEOF
			if n == 0 {
				want = io.EOF
			}
			if _, err := gunzip.Append(nil, packed[:n], noLimit); !errors.Is(err, want) {
				t.Fatalf("%s, %d bytes of %d: %v", name, n, len(packed), err)
			}
		}
	}
}

func TestNoChangedBitChangesTheText(t *testing.T) {
	plain := texts()["page"][:3000]
	packed := pack(t, plain, 6)
	for i := range packed {
		for bit := range 8 {
			broken := bytes.Clone(packed)
			broken[i] ^= 1 << bit
			if got, err := gunzip.Append(nil, broken, noLimit); err == nil && !bytes.Equal(got, plain) {
				t.Fatalf("bit %d of byte %d: %d bytes and no error", bit, i, len(got))
			}
		}
	}
}

func TestNothingGetsLongerThanAllowed(t *testing.T) {
	for name, plain := range map[string][]byte{"zeros": make([]byte, 10_000_000), "noise": texts()["noise"], "page": texts()["page"]} {
		packed := pack(t, plain, 9)
		for _, most := range []int{0, 1, 1000, len(plain) - 1} {
			got, err := gunzip.Append([]byte("before"), packed, most)
			if !errors.Is(err, gunzip.ErrTooLong) || len(got) > len("before")+most || cap(got) > 2*most+8192 {
				t.Errorf("%s, at most %d: %d bytes in room for %d, %v", name, most, len(got), cap(got), err)
			}
		}
		if got, err := gunzip.Append(nil, packed, len(plain)); err != nil || len(got) != len(plain) {
			t.Errorf("%s, exactly what it has: %d bytes, %v", name, len(got), err)
		}
	}
}

func TestALieAboutTheLengthTakesNoMemory(t *testing.T) {
	packed := pack(t, []byte("short"), 9) // 29 bytes
	binary.LittleEndian.PutUint32(packed[len(packed)-4:], 1<<31)
	got, err := gunzip.Append(nil, packed, noLimit)
	if !errors.Is(err, gunzip.ErrChecksum) || cap(got) > 4000 {
		t.Errorf("room for %d, %v", cap(got), err)
	}
}

// FuzzAppend holds it against the standard library: the same text, or an error from both.
func FuzzAppend(f *testing.F) {
	for _, plain := range texts() {
		for _, level := range []int{gzip.HuffmanOnly, gzip.BestSpeed, gzip.BestCompression} {
			packed := pack(f, plain[:min(len(plain), 2000)], level)
			f.Add(packed[10:])
			f.Add(packed[10 : len(packed)/2])
		}
	}
	f.Add([]byte{0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Add([]byte{0x05, 0xe0, 0x81, 8, 0, 0, 0, 0, 0x20, 0x7f, 0xeb, 0xb, 0, 0})
	f.Fuzz(func(t *testing.T, stream []byte) {
		const most = 1 << 20
		var want bytes.Buffer
		// The header is no matter of chance, and neither is a checksum.
		packed := append([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}, stream...)
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err == nil {
			_, err = io.Copy(&want, io.LimitReader(z, most+1))
		}
		if want.Len() > most {
			err = gunzip.ErrTooLong
		}
		got, ours := gunzip.Append(nil, packed, most)
		switch {
		case errors.Is(err, gzip.ErrChecksum) != errors.Is(ours, gunzip.ErrChecksum), (err == nil) != (ours == nil):
			t.Errorf("%v, not %v", ours, err)
		case (err == nil || errors.Is(err, gzip.ErrChecksum)) && !bytes.Equal(got, want.Bytes()):
			t.Errorf("%d bytes, not %d", len(got), want.Len())
		}
	})
}

// BenchmarkPage unpacks a page of answers beside the standard library.
func BenchmarkPage(b *testing.B) {
	plain := bytes.Repeat(texts()["page"], 4)
	packed := pack(b, plain, gzip.BestSpeed)
	b.Run("gunzip", func(b *testing.B) {
		b.SetBytes(int64(len(plain)))
		var room []byte
		for b.Loop() {
			var err error
			if room, err = gunzip.Append(room[:0], packed, noLimit); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("standard", func(b *testing.B) {
		b.SetBytes(int64(len(plain)))
		var z gzip.Reader
		var room bytes.Buffer
		for b.Loop() {
			room.Reset()
			if err := z.Reset(bytes.NewBuffer(packed)); err != nil {
				b.Fatal(err)
			}
			if _, err := room.ReadFrom(&z); err != nil {
				b.Fatal(err)
			}
		}
	})
}
