package azdo

import (
	"encoding/binary"
	"math/bits"
)

// null is the kind of a value that is left out of pages.
const null ValueKind = 255

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// scanObject reads the object at i and calls member with each name and the index of its value; member
// returns the index after the value, or -1 to give up. It returns the index after the object, or -1.
func scanObject(b []byte, i int, member func(name []byte, i int) int) int {
	if i < 0 || i >= len(b) || b[i] != '{' {
		return -1
	}
	if i = skipSpace(b, i+1); i < len(b) && b[i] == '}' {
		return i + 1
	}
	for {
		name, end := plainName(b, i)
		if end < 0 {
			return -1
		}
		if i = skipSpace(b, end); i >= len(b) || b[i] != ':' {
			return -1
		}
		if i = member(name, skipSpace(b, i+1)); i < 0 {
			return -1
		}
		if i = skipSpace(b, i); i >= len(b) {
			return -1
		}
		switch b[i] {
		case ',':
			i = skipSpace(b, i+1)
		case '}':
			return i + 1
		default:
			return -1
		}
	}
}

// scanArray reads the array at i and calls each with the index of each element.
func scanArray(b []byte, i int, each func(i int) int) int {
	if i >= len(b) || b[i] != '[' {
		return -1
	}
	if i = skipSpace(b, i+1); i < len(b) && b[i] == ']' {
		return i + 1
	}
	for {
		if i = each(i); i < 0 {
			return -1
		}
		if i = skipSpace(b, i); i >= len(b) {
			return -1
		}
		switch b[i] {
		case ',':
			i = skipSpace(b, i+1)
		case ']':
			return i + 1
		default:
			return -1
		}
	}
}

// plainName reads the member name at i: ASCII without escapes. end is -1 for any other.
func plainName(b []byte, i int) (name []byte, end int) {
	if i >= len(b) || b[i] != '"' {
		return nil, -1
	}
	for j := i + 1; j < len(b); j++ {
		switch c := b[j]; {
		case c == '"':
			return b[i+1 : j], j + 1
		case c == '\\' || c < ' ' || c >= 0x80:
			return nil, -1
		}
	}
	return nil, -1
}

// skipValue finds the kind of the value at i and the index after it; -1 when it is not valid JSON.
func skipValue(b []byte, i, depth int) (ValueKind, int) {
	if i >= len(b) || depth > deepest {
		return 0, -1
	}
	switch b[i] {
	case '"':
		return skipText(b, i+1)
	case '{':
		end := scanObject(b, i, func(_ []byte, i int) int {
			_, end := skipValue(b, i, depth+1)
			return end
		})
		return Object, end
	case '[':
		end := scanArray(b, i, func(i int) int {
			_, end := skipValue(b, i, depth+1)
			return end
		})
		return Array, end
	case 't':
		return True, literal(b, i, "true")
	case 'f':
		return False, literal(b, i, "false")
	case 'n':
		return null, literal(b, i, "null")
	}
	return Number, skipNumber(b, i)
}

func literal(b []byte, i int, word string) int {
	if end := i + len(word); end <= len(b) && string(b[i:end]) == word {
		return end
	}
	return -1
}

// skipText finds the end of the string whose first byte after the quote is at i. It looks at eight bytes at
// a time for a quote, a backslash or a control character (bit tricks of Anderson, "Bit Twiddling Hacks":
// a byte below n, a zero byte); the lowest hit is exact.
func skipText(b []byte, i int) (ValueKind, int) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	kind := Text
	for {
		for i+8 <= len(b) {
			w := binary.LittleEndian.Uint64(b[i:])
			quote, slash := w^(ones*'"'), w^(ones*'\\')
			hit := ((quote - ones) &^ quote) | ((slash - ones) &^ slash) | ((w - ones*' ') &^ w)
			if hit &= highs; hit != 0 {
				i += bits.TrailingZeros64(hit) / 8
				break
			}
			i += 8
		}
		for i < len(b) && b[i] >= ' ' && b[i] != '"' && b[i] != '\\' {
			i++
		}
		if i >= len(b) || b[i] < ' ' {
			return 0, -1
		}
		if b[i] == '"' {
			return kind, i + 1
		}
		if i = skipEscape(b, i); i < 0 {
			return 0, -1
		}
		kind = escapedText
	}
}

// skipEscape returns the index after the escape sequence at i, or -1.
func skipEscape(b []byte, i int) int {
	if i+1 >= len(b) {
		return -1
	}
	switch b[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2
	case 'u':
		if i+6 > len(b) {
			return -1
		}
		for _, c := range b[i+2 : i+6] {
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
				return -1
			}
		}
		return i + 6
	}
	return -1
}

// skipNumber returns the index after the number at i, by the grammar of RFC 8259, or -1.
func skipNumber(b []byte, i int) int {
	run := func() bool {
		from := i
		for i < len(b) && b[i] >= '0' && b[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(b) && b[i] == '-' {
		i++
	}
	if i < len(b) && b[i] == '0' {
		i++
	} else if !run() {
		return -1
	}
	if i < len(b) && b[i] == '.' {
		i++
		if !run() {
			return -1
		}
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		if !run() {
			return -1
		}
	}
	return i
}
