package serve

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"reflect"
)

// longestCall bounds the body of a call. Arguments are small; big things go through /api/.
const longestCall = 1 << 20

// calls reaches the bound methods by name, with the same JSON rules as the window.
type calls struct{ methods map[string]reflect.Value }

func newCalls(bound []any) *calls {
	c := &calls{methods: map[string]reflect.Value{}}
	for _, b := range bound {
		v := reflect.ValueOf(b)
		t := v.Type()
		for i := range t.NumMethod() {
			c.methods[t.Elem().Name()+"/"+t.Method(i).Name] = v.Method(i)
		}
	}
	return c
}

// serve answers {"result": …} or {"error": text}; the text is that of the method's error, unchanged.
func (c *calls) serve(w http.ResponseWriter, r *http.Request) {
	m, ok := c.methods[r.PathValue("service")+"/"+r.PathValue("method")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	// A page of another site cannot send this type without asking first, and the asking is refused.
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		http.Error(w, "a call is application/json", http.StatusUnsupportedMediaType)
		return
	}
	var args []json.RawMessage
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, longestCall)).Decode(&args); err != nil {
		http.Error(w, "the arguments are not a JSON list", http.StatusBadRequest)
		return
	}
	in, err := arguments(m.Type(), args)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer := map[string]any{"result": nil}
	for _, out := range m.Call(in) {
		if e, isError := out.Interface().(error); isError {
			answer = map[string]any{"error": e.Error()}
			break
		}
		if out.Type() != reflect.TypeFor[error]() {
			answer["result"] = out.Interface()
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(answer) // the reader is gone; there is nobody left to tell
}

func arguments(t reflect.Type, args []json.RawMessage) ([]reflect.Value, error) {
	if len(args) != t.NumIn() {
		return nil, fmt.Errorf("%d arguments, not %d", t.NumIn(), len(args))
	}
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		p := reflect.New(t.In(i))
		if err := json.Unmarshal(a, p.Interface()); err != nil {
			return nil, fmt.Errorf("argument %d: %w", i+1, err)
		}
		in[i] = p.Elem()
	}
	return in, nil
}
