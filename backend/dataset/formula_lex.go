package dataset

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind says what a token of a formula is.
type tokenKind uint8

const (
	tokenEnd     tokenKind = iota
	tokenNumber            // 1.5
	tokenText              // "Bug"
	tokenWord              // SUM, Work
	tokenQuoted            // 'Work items'
	tokenBracket           // [Open bugs]
	tokenSymbol            // + && {
)

// token is a piece of a formula. text is without quotes and brackets.
type token struct {
	kind   tokenKind
	text   string
	number float64
	span
}

// maxFormulaLength bounds the text of a definition, in bytes.
const maxFormulaLength = 5000

// symbols are the operators and the punctuation, longer ones first.
var symbols = []string{"&&", "||", "<>", "<=", ">=", "==", "+", "-", "*", "/", "(", ")", "{", "}", ",", ";", "<", ">", "="}

// lex cuts a definition into tokens; the last is tokenEnd.
func lex(d *Definition) ([]token, error) {
	src := d.Expression
	if len(src) > maxFormulaLength {
		return nil, placed(d, span{maxFormulaLength, maxFormulaLength}, fmt.Sprintf("The expression is longer than %d characters.", maxFormulaLength), "Split it into several measures.")
	}
	if !utf8.ValidString(src) {
		return nil, placed(d, span{}, "The expression is no valid text.", "Save it as UTF-8.")
	}
	var out []token
	for at := 0; ; {
		next, err := skipBlanks(d, at)
		if err != nil {
			return nil, err
		}
		if next == len(src) {
			return append(out, token{kind: tokenEnd, span: span{next, next}}), nil
		}
		t, err := lexOne(d, next)
		if err != nil {
			return nil, err
		}
		out, at = append(out, t), t.to
	}
}

// skipBlanks passes blanks and comments: // and -- to the end of the line, /* */.
func skipBlanks(d *Definition, at int) (int, error) {
	src := d.Expression
	for at < len(src) {
		r, size := utf8.DecodeRuneInString(src[at:])
		rest := src[at:]
		switch {
		case unicode.IsSpace(r):
			at += size
		case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "--"):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				return len(src), nil
			}
			at += end
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				return 0, placed(d, span{at, at + 2}, "The comment does not end.", "End it with */.")
			}
			at += end + 4
		default:
			return at, nil
		}
	}
	return at, nil
}

func lexOne(d *Definition, at int) (token, error) {
	rest := d.Expression[at:]
	r, _ := utf8.DecodeRuneInString(rest)
	switch {
	case r == '"':
		return lexQuoted(d, at, tokenText, '"', `Texts are written "Bug"; a quotation mark within is written twice.`)
	case r == '\'':
		return lexQuoted(d, at, tokenQuoted, '\'', "Tables are written 'Work items'.")
	case r == '[':
		return lexQuoted(d, at, tokenBracket, ']', "Measures are written [Open bugs], columns Work items[State].")
	case r >= '0' && r <= '9', r == '.' && len(rest) > 1 && isDigit(rest[1]):
		return lexNumber(d, at)
	case unicode.IsLetter(r) || r == '_':
		end := strings.IndexFunc(rest, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '.'
		})
		if end < 0 {
			end = len(rest)
		}
		return token{kind: tokenWord, text: rest[:end], span: span{at, at + end}}, nil
	}
	for _, s := range symbols {
		if strings.HasPrefix(rest, s) {
			return token{kind: tokenSymbol, text: s, span: span{at, at + len(s)}}, nil
		}
	}
	return token{}, placed(d, span{at, at + utf8.RuneLen(r)}, fmt.Sprintf("%q has no meaning here.", r), "Expressions are made of [Measures], SUM(Table[Column]), numbers and + - * / ( ).")
}

// lexQuoted reads up to the closing mark, which stands for itself when it is written twice.
func lexQuoted(d *Definition, at int, kind tokenKind, closing byte, hint string) (token, error) {
	src := d.Expression
	var text strings.Builder
	for i := at + 1; i < len(src); i++ {
		if src[i] != closing {
			text.WriteByte(src[i])
			continue
		}
		if i+1 < len(src) && src[i+1] == closing {
			text.WriteByte(closing)
			i++
			continue
		}
		return token{kind: kind, text: text.String(), span: span{at, i + 1}}, nil
	}
	return token{}, placed(d, span{at, at + 1}, fmt.Sprintf("The closing %c is missing.", closing), hint)
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func lexNumber(d *Definition, at int) (token, error) {
	src, end := d.Expression, at
	digits := func() {
		for end < len(src) && isDigit(src[end]) {
			end++
		}
	}
	digits()
	if end < len(src) && src[end] == '.' {
		end++
		digits()
	}
	if end+1 < len(src) && (src[end] == 'e' || src[end] == 'E') {
		exponent := end + 1
		if src[exponent] == '+' || src[exponent] == '-' {
			exponent++
		}
		if exponent < len(src) && isDigit(src[exponent]) {
			end = exponent
			digits()
		}
	}
	x, err := strconv.ParseFloat(src[at:end], 64)
	if err != nil || math.IsInf(x, 0) {
		return token{}, placed(d, span{at, end}, "The number "+src[at:end]+" is too large.", "Write a smaller one.")
	}
	if next, _ := utf8.DecodeRuneInString(src[end:]); unicode.IsLetter(next) || next == '%' || next == '.' {
		return token{}, placed(d, span{at, end + utf8.RuneLen(next)}, fmt.Sprintf("%s%c is no number.", src[at:end], next), "Numbers have a point and no unit: 0.8, not 80 %.")
	}
	return token{kind: tokenNumber, number: x, text: src[at:end], span: span{at, end}}, nil
}
