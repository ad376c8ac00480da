package world

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// guid is a GUID that depends on nothing but the parts, in the shape of a version 4 one.
func guid(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	sum[6] = sum[6]&0x0f | 0x40
	sum[8] = sum[8]&0x3f | 0x80
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// GUID names a thing of this world by its kind and key, the same in every run of the same seed.
func (w *World) GUID(parts ...string) string {
	return guid(append([]string{"sample", strconv.FormatUint(w.Seed, 10)}, parts...)...)
}

// mix scrambles a number; it serves where a choice must depend on a key alone and not on a generator's turn.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
