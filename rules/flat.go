package rules

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// The compiled form has one token a line, so that it merges and reads like
// text, and its strings are slices of the embedded file:
//
//	{ } [ ]   begin and end of a mapping or list
//	:key      key of a mapping
//	=scalar   a scalar as written in the YAML
//	"quoted"  a scalar with a line break in it
//	-         null
//
// A file of the section comes before its value, as a line with its name.

// flat decodes the compiled form into Go values by their yaml tags.
type flat struct{ rest string }

func (d *flat) line() string {
	line, rest, _ := strings.Cut(d.rest, "\n")
	d.rest = rest
	return line
}

// into decodes the next value into what p points to.
func (d *flat) into(p any) error { return d.value(d.line(), reflect.ValueOf(p).Elem()) }

func (d *flat) value(tok string, v reflect.Value) error {
	if tok == "" {
		return fmt.Errorf("compiled rules end early")
	}
	if tok == "-" {
		return nil
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		return d.value(tok, v.Elem())
	}
	if v.Kind() == reflect.Interface {
		return d.anything(tok, v)
	}
	switch tok[0] {
	case '{':
		return d.mapping(v)
	case '[':
		return d.list(v)
	}
	text, err := scalar(tok)
	if err != nil {
		return err
	}
	return setScalar(text, v)
}

func (d *flat) mapping(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Struct:
		fields := fieldsOf(v.Type())
		return d.keys(func(key string) error {
			i, ok := fields[key]
			if !ok {
				return fmt.Errorf("unknown key %q", key)
			}
			return d.value(d.line(), v.Field(i))
		})
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		return d.keys(func(key string) error {
			elem := reflect.New(v.Type().Elem()).Elem()
			if err := d.value(d.line(), elem); err != nil {
				return err
			}
			v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), elem)
			return nil
		})
	}
	return fmt.Errorf("a mapping where %s is wanted", v.Type())
}

func (d *flat) keys(each func(key string) error) error {
	for {
		tok := d.line()
		if tok == "}" {
			return nil
		}
		if tok == "" || tok[0] != ':' {
			return fmt.Errorf("compiled rules: a key is missing")
		}
		if err := each(tok[1:]); err != nil {
			return err
		}
	}
}

func (d *flat) list(v reflect.Value) error {
	if v.Kind() != reflect.Slice {
		return fmt.Errorf("a list where %s is wanted", v.Type())
	}
	for {
		tok := d.line()
		if tok == "]" {
			return nil
		}
		v.Grow(1)
		v.SetLen(v.Len() + 1)
		if err := d.value(tok, v.Index(v.Len()-1)); err != nil {
			return err
		}
	}
}

// anything decodes into an empty interface, without knowing numbers.
func (d *flat) anything(tok string, v reflect.Value) error {
	var target reflect.Value
	switch tok[0] {
	case '{':
		target = reflect.ValueOf(new(map[string]any)).Elem()
	case '[':
		target = reflect.ValueOf(new([]any)).Elem()
	default:
		target = reflect.ValueOf(new(string)).Elem()
	}
	if err := d.value(tok, target); err != nil {
		return err
	}
	v.Set(target)
	return nil
}

func scalar(tok string) (string, error) {
	if tok[0] == '"' {
		return strconv.Unquote(tok)
	}
	if tok[0] != '=' {
		return "", fmt.Errorf("compiled rules: unknown token")
	}
	return tok[1:], nil
}

func setScalar(text string, v reflect.Value) error {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(text))
	}
	var err error
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		var b bool
		b, err = strconv.ParseBool(text)
		v.SetBool(b)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		var n int64
		n, err = strconv.ParseInt(text, 10, 64)
		v.SetInt(n)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		var n uint64
		n, err = strconv.ParseUint(text, 10, 64)
		v.SetUint(n)
	case reflect.Float32, reflect.Float64:
		var f float64
		f, err = strconv.ParseFloat(text, 64)
		v.SetFloat(f)
	default:
		return fmt.Errorf("a scalar where %s is wanted", v.Type())
	}
	return err
}

var fieldCache sync.Map // reflect.Type → map[string]int

// fieldsOf maps the yaml keys of a struct to its fields.
func fieldsOf(t reflect.Type) map[string]int {
	if m, ok := fieldCache.Load(t); ok {
		return m.(map[string]int)
	}
	m := make(map[string]int, t.NumField())
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if key == "" {
			key = strings.ToLower(f.Name)
		}
		if key != "-" {
			m[key] = i
		}
	}
	fieldCache.Store(t, m)
	return m
}
