package dataset

import (
	"fmt"
	"strings"
)

// syntaxKind says what a node of a parsed formula is.
type syntaxKind uint8

const (
	syntaxNumber   syntaxKind = iota
	syntaxText                // name is the text
	syntaxBoolean             // number is 1 or 0
	syntaxBracket             // [name]: a measure, or a column where a column is wanted
	syntaxColumn              // table[name]
	syntaxCall                // NAME(args)
	syntaxOperator            // name is the operator, of one or two args
	syntaxSet                 // {args}
)

// syntax is a node of a parsed formula. Nothing in it is looked up yet.
type syntax struct {
	kind   syntaxKind
	name   string // functions and operators in capitals
	table  string
	number float64
	args   []*syntax
	span
}

// The limits of a definition: they keep a hostile one from hanging or exhausting the program.
const (
	maxFormulaDepth = 60
	maxFormulaNodes = 1500
)

// parser is a Pratt parser: each operator has a strength, and an operand goes to the stronger side.
type parser struct {
	d      *Definition
	tokens []token
	at     int
	depth  int
	nodes  int
}

// Strengths of the operators, weakest first.
const (
	strengthOr = iota + 1
	strengthAnd
	strengthNot
	strengthCompare
	strengthAdd
	strengthMultiply
	strengthSign
)

var strengths = map[string]int{"||": strengthOr, "&&": strengthAnd, "=": strengthCompare, "==": strengthCompare, "<>": strengthCompare,
	"<": strengthCompare, "<=": strengthCompare, ">": strengthCompare, ">=": strengthCompare, "IN": strengthCompare,
	"+": strengthAdd, "-": strengthAdd, "*": strengthMultiply, "/": strengthMultiply}

// parse reads the expression of a definition.
func parse(d *Definition) (*syntax, error) {
	tokens, err := lex(d)
	if err != nil {
		return nil, err
	}
	p := &parser{d: d, tokens: tokens}
	if p.peek().kind == tokenEnd {
		return nil, p.refuse(p.peek().span, "The expression is empty.", "For example: [Bugs closed] / [Bugs created].")
	}
	s, err := p.expression(0)
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != tokenEnd {
		return nil, p.refuse(t.span, "Nothing was expected after this expression.", "Is an operator or a comma missing, or one bracket too many?")
	}
	return s, nil
}

func (p *parser) refuse(at span, message, hint string) error { return placed(p.d, at, message, hint) }

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tokenEnd {
		p.at++
	}
	return t
}

// symbol takes the symbol when it comes next.
func (p *parser) symbol(s string) bool {
	if t := p.peek(); t.kind == tokenSymbol && t.text == s {
		p.at++
		return true
	}
	return false
}

// make counts the nodes that it makes.
func (p *parser) make(s syntax) (*syntax, error) {
	if p.nodes++; p.nodes > maxFormulaNodes {
		return nil, p.refuse(s.span, fmt.Sprintf("The expression has more than %d parts.", maxFormulaNodes), "Split it into several measures.")
	}
	return &s, nil
}

// operator is the operator that comes next, "" for none.
func (p *parser) operator() string {
	t := p.peek()
	name := strings.ToUpper(t.text)
	if t.kind == tokenSymbol || t.kind == tokenWord && name == "IN" {
		if _, ok := strengths[name]; ok {
			return name
		}
	}
	return ""
}

// expression reads operands and the operators that are stronger than weakest.
func (p *parser) expression(weakest int) (*syntax, error) {
	if p.depth++; p.depth > maxFormulaDepth {
		return nil, p.refuse(p.peek().span, fmt.Sprintf("The expression is nested deeper than %d.", maxFormulaDepth), "Split it into several measures.")
	}
	defer func() { p.depth-- }()
	left, err := p.operand()
	if err != nil {
		return nil, err
	}
	for {
		name := p.operator()
		strength := strengths[name]
		if name == "" || strength <= weakest {
			return left, nil
		}
		p.next()
		right, err := p.expression(strength)
		if err != nil {
			return nil, err
		}
		if left, err = p.make(syntax{kind: syntaxOperator, name: name, args: []*syntax{left, right}, span: span{left.from, right.to}}); err != nil {
			return nil, err
		}
	}
}

// operand reads what stands before or between operators.
func (p *parser) operand() (*syntax, error) {
	t := p.next()
	switch t.kind {
	case tokenNumber:
		return p.make(syntax{kind: syntaxNumber, number: t.number, span: t.span})
	case tokenText:
		return p.make(syntax{kind: syntaxText, name: t.text, span: t.span})
	case tokenBracket:
		return p.make(syntax{kind: syntaxBracket, name: strings.TrimSpace(t.text), span: t.span})
	case tokenQuoted:
		if b := p.peek(); b.kind == tokenBracket {
			p.next()
			return p.make(syntax{kind: syntaxColumn, table: strings.TrimSpace(t.text), name: strings.TrimSpace(b.text), span: span{t.from, b.to}})
		}
		return nil, p.refuse(t.span, "The table '"+t.text+"' stands without a column.", "Write '"+t.text+"'[Column].")
	case tokenWord:
		return p.word(t)
	case tokenSymbol:
		return p.prefix(t)
	}
	return nil, p.refuse(t.span, "The expression ends too early.", "A measure, a number or a function is missing.")
}

func (p *parser) prefix(t token) (*syntax, error) {
	switch t.text {
	case "-", "+":
		x, err := p.expression(strengthSign - 1)
		if err != nil || t.text == "+" {
			return x, err
		}
		return p.make(syntax{kind: syntaxOperator, name: "-", args: []*syntax{x}, span: span{t.from, x.to}})
	case "(":
		x, err := p.expression(0)
		if err != nil {
			return nil, err
		}
		if !p.symbol(")") {
			return nil, p.refuse(p.peek().span, "The bracket ) is missing.", fmt.Sprintf("It closes the one at character %d.", t.from+1))
		}
		return x, nil
	case "{":
		args, end, err := p.list("}")
		if err != nil {
			return nil, err
		}
		return p.make(syntax{kind: syntaxSet, args: args, span: span{t.from, end}})
	}
	return nil, p.refuse(t.span, t.text+" has nothing before it.", "A measure, a number or a function is missing.")
}

// word reads NOT, TRUE, FALSE, a function, or a table of one or more words with its column.
func (p *parser) word(t token) (*syntax, error) {
	name := strings.ToUpper(t.text)
	if next := p.peek(); next.kind == tokenSymbol && next.text == "(" && name != "NOT" {
		p.next()
		args, end, err := p.list(")")
		if err != nil {
			return nil, err
		}
		if (name == "TRUE" || name == "FALSE") && len(args) == 0 {
			return p.truth(name, span{t.from, end})
		}
		return p.make(syntax{kind: syntaxCall, name: name, args: args, span: span{t.from, end}})
	}
	if name == "NOT" {
		x, err := p.expression(strengthNot - 1)
		if err != nil {
			return nil, err
		}
		return p.make(syntax{kind: syntaxOperator, name: "NOT", args: []*syntax{x}, span: span{t.from, x.to}})
	}
	table, last := t.text, t
	for p.peek().kind == tokenWord && p.operator() == "" {
		last = p.next()
		table += " " + last.text
	}
	if b := p.peek(); b.kind == tokenBracket {
		p.next()
		return p.make(syntax{kind: syntaxColumn, table: table, name: strings.TrimSpace(b.text), span: span{t.from, b.to}})
	}
	if (name == "TRUE" || name == "FALSE") && last == t {
		return p.truth(name, t.span)
	}
	return nil, p.refuse(span{t.from, last.to}, table+" alone has no meaning here.", "A measure is written ["+table+"], a column Table["+table+`], a text "`+table+`".`)
}

func (p *parser) truth(name string, at span) (*syntax, error) {
	s := syntax{kind: syntaxBoolean, span: at}
	if name == "TRUE" {
		s.number = 1
	}
	return p.make(s)
}

// list reads expressions up to the closing symbol. A semicolon separates as a comma does.
func (p *parser) list(closing string) (args []*syntax, end int, err error) {
	if p.symbol(closing) {
		return nil, p.tokens[p.at-1].to, nil
	}
	for {
		x, err := p.expression(0)
		if err != nil {
			return nil, 0, err
		}
		args = append(args, x)
		if p.symbol(closing) {
			return args, p.tokens[p.at-1].to, nil
		}
		if !p.symbol(",") && !p.symbol(";") {
			return nil, 0, p.refuse(p.peek().span, "A comma or "+closing+" is missing.", "Arguments are separated by commas.")
		}
	}
}
