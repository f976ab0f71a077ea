package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// goFields reads structs.
func goFields(u *unit) []declared {
	var all []declared
	for i := range u.toks {
		if !u.is(i, "struct") || u.toks[i].kind != tokName || !u.is(i+1, "{") {
			continue
		}
		name := ""
		if u.kind(i-1) == tokName && !u.is(i-1, "type") {
			name = u.text(i - 1)
		} else if u.kind(i-1) == tokClose && i > 1 {
			name = u.text(max(int(u.toks[i-1].pair)-1, 0)) // type parameters
		}
		end := u.after(i+1) - 1
		for j := i + 2; j < end; j++ {
			if u.toks[j].kind == tokName && (u.startsLine(j) || j == i+2 || u.is(j-1, ";")) {
				var d []declared
				d, j = u.goField(name, j, end)
				all = append(all, d...)
			} else if u.toks[j].kind == tokOpen {
				j = u.after(j) - 1
			}
		}
	}
	return all
}

// goField reads one line of a struct and returns its last token.
func (u *unit) goField(container string, i, hi int) ([]declared, int) {
	end := i
	for end < hi && u.toks[end].kind != tokLine && !u.is(end, ";") {
		if u.toks[end].kind == tokOpen && end > i && u.is(end-1, "struct") {
			return nil, end // its own fields are read on their own
		}
		if u.toks[end].kind == tokOpen {
			end = u.after(end)
			continue
		}
		end++
	}
	end = min(end, hi)
	var names []int
	j := i
	for j < end && u.toks[j].kind == tokName {
		names = append(names, j)
		if j++; !u.is(j, ",") {
			break
		}
		j++
	}
	if j >= end || u.is(j, ".") || u.toks[j].kind == tokText {
		return nil, end // embedded
	}
	typ, tag := "", ""
	for k := j; k < end; k++ {
		if u.toks[k].kind == tokName {
			typ = u.text(k)
		}
		if u.toks[k].kind == tokText {
			tag = u.text(k)
		}
	}
	var all []declared
	for _, n := range names {
		col := item.Column{Container: container, Name: u.text(n), Type: strings.ToLower(typ), Line: int(u.toks[n].line), Comment: u.commentBeside(int(u.toks[n].line))}
		kept := u.goTag(&col, tag)
		all = append(all, declared{Column: col, kept: kept})
	}
	return all, end
}

// goTag reads `json:"name" db:"name" gorm:"primaryKey"`.
func (u *unit) goTag(col *item.Column, tag string) (kept bool) {
	for tag != "" {
		key, rest, ok := strings.Cut(strings.TrimSpace(tag), `:"`)
		if !ok {
			break
		}
		value, after, _ := strings.Cut(rest, `"`)
		tag = after
		name, _, _ := strings.Cut(value, ",")
		switch key {
		case "json", "xml", "yaml", "db", "bson", "form", "column", "firestore", "dynamodbav", "param", "query", "csv":
			if isIdentifier(name) && name != col.Name && !has(col.Aliases, name) {
				col.Aliases = append(col.Aliases, name)
			}
			kept = kept || key == "db" || key == "bson" || key == "firestore" || key == "dynamodbav"
		case "gorm", "bun", "xorm":
			kept = true
			for _, p := range strings.Split(value, ";") {
				if c, ok := strings.CutPrefix(p, "column:"); ok && c != col.Name {
					col.Aliases = append(col.Aliases, c)
				}
				if l := strings.ToLower(p); l == "primarykey" || l == "unique" || l == "uniqueindex" {
					col.Key = true
				}
			}
		}
	}
	return kept
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// rubyFields reads what ActiveRecord, Mongoid and plain classes declare, and the
// attributes a controller lets through.
func rubyFields(u *unit) []declared {
	var all []declared
	container := ""
	for i := range u.toks {
		if u.toks[i].kind != tokName {
			continue
		}
		s := u.text(i)
		if s == "class" && u.startsLine(i) && u.kind(i+1) == tokName {
			container = u.path(i + 1)
			continue
		}
		if s == "permit" && u.isMember(i-1) {
			all = append(all, u.permitted(i)...)
			continue
		}
		if how, ok := rubyMacros[s]; ok && u.startsLine(i) && container != "" {
			all = append(all, u.rubyMacro(container, i, how)...)
		}
	}
	return all
}

// rubyMacros tells how many of the names after a macro are fields: 1, or all.
var rubyMacros = map[string]int{
	"attribute": 1, "field": 1, "property": 1, "key": 1, "validates": 9, "validates_presence_of": 9, "encrypts": 9, "attr_encrypted": 9, "attr_accessor": 9, "attr_reader": 9, "has_one_attached": 1, "has_many_attached": 1, "store_accessor": 9, "attributes": 9, "expose": 9, "argument": 1, "enum": 1, "string": 1, "column": 1,
}

func (u *unit) rubyMacro(container string, i, most int) []declared {
	j := i + 1
	if u.is(j, "(") {
		j++
	}
	if u.joins(j) {
		return nil
	}
	var all []declared
	for n := 0; n < most && u.kind(j) == tokText; n++ {
		col := item.Column{Container: container, Name: u.text(j), Line: int(u.toks[j].line), Comment: u.commentBeside(int(u.toks[j].line))}
		j++
		if most == 1 && u.is(j, ",") {
			col.Type = u.rubyType(j + 1)
		}
		all = append(all, declared{Column: col, kept: u.is(i, "attribute") || u.is(i, "field") || u.is(i, "encrypts") || u.is(i, "property")})
		if !u.is(j, ",") || u.kind(j+1) != tokText {
			break
		}
		j++
	}
	return all
}

// joins tells a field that shows other records, as: :belongs_to.
func (u *unit) joins(i int) bool {
	line := -1
	for ; i+2 < len(u.toks) && (line < 0 || int(u.toks[i].line) == line); i++ {
		line = int(u.toks[i].line)
		if u.is(i, "as") && u.is(i+1, ":") && u.kind(i+2) == tokText {
			switch u.text(i + 2) {
			case "belongs_to", "has_many", "has_one", "has_and_belongs_to_many":
				return true
			}
		}
	}
	return false
}

func (u *unit) rubyType(i int) string {
	if u.is(i, "type") && u.is(i+1, ":") {
		i += 2
	}
	if k := u.kind(i); k == tokText || k == tokName {
		return strings.ToLower(u.text(i))
	}
	return ""
}

// permitted reads params.require(:user).permit(:email, :name).
func (u *unit) permitted(i int) []declared {
	if !u.is(i+1, "(") {
		return nil
	}
	container := ""
	for j := i - 1; j > i-8 && j > 0; j-- {
		if u.toks[j].kind == tokText {
			container = u.text(j)
			break
		}
	}
	var all []declared
	for _, r := range u.split(i+2, u.after(i+1)-1) {
		for r[0] < r[1] && u.toks[r[0]].kind == tokLine {
			r[0]++
		}
		if r[0] < r[1] && u.toks[r[0]].kind == tokText {
			all = append(all, declared{Column: item.Column{Container: container, Name: u.text(r[0]), Line: int(u.toks[r[0]].line)}})
		}
	}
	return all
}

// schemaCalls are calls whose literal lists the fields of a record.
var schemaCalls = map[string]bool{"Schema": true, "define": true, "init": true, "object": true, "pgTable": true, "mysqlTable": true, "sqliteTable": true, "group": true, "model": true, "createSchema": true, "entity": true, "EntitySchema": true, "defineTable": true, "shape": true, "InputType": true, "interface": true}

// schemaFields reads Mongoose, Sequelize, Drizzle, zod, yup, Joi and Angular forms.
func (u *unit) schemaFields() []declared {
	var all []declared
	for i := range u.toks {
		if u.toks[i].kind != tokName || !u.is(i+1, "(") || !schemaCalls[u.text(i)] {
			continue
		}
		end := u.after(i+1) - 1
		open, name := -1, ""
		for j := i + 2; j < end; j++ {
			if u.toks[j].kind == tokText && name == "" {
				name = u.text(j)
			}
			if u.toks[j].kind == tokOpen {
				if u.src[u.toks[j].start] == '{' {
					open = j
				}
				break
			}
		}
		if open < 0 || u.is(i, "object") && !u.validator(i) || u.is(i, "group") && !strings.Contains(strings.ToLower(u.receiver(i)), "b") || u.is(i, "init") && !u.isMember(i-1) || u.is(i, "model") && name == "" {
			continue
		}
		if name == "" {
			name = u.assignedName(i)
		}
		all = append(all, u.literalFields(name, open, !u.is(i, "object") && !u.is(i, "group") && !u.is(i, "shape"))...)
	}
	return all
}

func (u *unit) receiver(i int) string {
	if u.isMember(i-1) && u.kind(i-2) == tokName {
		return u.text(i - 2)
	}
	return ""
}

func (u *unit) validator(i int) bool {
	switch strings.ToLower(u.receiver(i)) {
	case "z", "zod", "yup", "joi", "v", "t", "s", "schema", "vine", "valibot":
		return true
	}
	return false
}

// assignedName returns X of `const XSchema = new Schema(`.
func (u *unit) assignedName(i int) string {
	for j := i - 1; j >= 0 && j > i-12; j-- {
		if u.is(j, "=") && u.kind(j-1) == tokName {
			name := u.text(j - 1)
			for _, suffix := range []string{"Schema", "schema", "Form", "Model"} {
				name = strings.TrimSuffix(name, suffix)
			}
			return name
		}
	}
	return u.receiver(i)
}

// literalFields reads the keys of the literal that opens at i.
func (u *unit) literalFields(container string, open int, kept bool) []declared {
	var all []declared
	for _, r := range u.split(open+1, u.after(open)-1) {
		lo := u.literalKey(r)
		if lo < 0 {
			continue
		}
		col := item.Column{Container: container, Name: u.text(lo), Line: int(u.toks[lo].line), Type: u.literalType(lo+2, r[1])}
		if col.Comment = u.commentBeside(col.Line); col.Comment == "" {
			col.Comment = u.commentAbove(col.Line)
		}
		all = append(all, declared{Column: col, kept: kept})
	}
	return all
}

// literalKey returns the token of the key of one entry, or -1.
func (u *unit) literalKey(r [2]int) int {
	lo := r[0]
	for lo < r[1] && u.toks[lo].kind == tokLine {
		lo++
	}
	if lo+2 >= r[1] || u.toks[lo].kind != tokName && u.toks[lo].kind != tokText || !u.is(lo+1, ":") {
		return -1
	}
	return lo
}

// literalType reads String, { type: String }, DataTypes.STRING, z.string().
func (u *unit) literalType(lo, hi int) string {
	if u.is(lo, "{") {
		for i := lo + 1; i < hi; i++ {
			if u.is(i, "type") && u.is(i+1, ":") {
				return u.literalType(i+2, hi)
			}
		}
		return ""
	}
	if u.kind(lo) != tokName {
		return ""
	}
	c := u.chain(lo, hi)
	if len(c.parts) > 1 {
		return strings.ToLower(c.parts[1].name)
	}
	return strings.ToLower(c.parts[0].name)
}

// phpLists reads $fillable of Eloquent, and the fields of Symfony's forms.
func (u *unit) phpLists() []declared {
	var all []declared
	name := ""
	for i := range u.toks {
		if u.toks[i].kind != tokName {
			continue
		}
		switch u.text(i) {
		case "class":
			if u.kind(i+1) == tokName {
				name = u.text(i + 1)
			}
		case "fillable", "casts", "guarded":
			if u.dollar(i) && u.is(i+1, "=") && u.is(i+2, "[") && !u.is(i, "guarded") {
				all = append(all, u.phpNames(name, i+2)...)
			}
		case "add":
			if u.isMember(i-1) && u.is(i+1, "(") && u.kind(i+2) == tokText && u.formBuilder() {
				all = append(all, u.formField(strings.TrimSuffix(name, "Type"), i))
			}
		}
	}
	return all
}

func (u *unit) formBuilder() bool {
	return strings.Contains(string(u.src[:min(len(u.src), 4000)]), "FormBuilder") || strings.Contains(string(u.src[:min(len(u.src), 4000)]), "AbstractType") || strings.Contains(string(u.src[:min(len(u.src), 4000)]), "FormMapper")
}

func (u *unit) phpNames(container string, open int) []declared {
	var all []declared
	for _, r := range u.split(open+1, u.after(open)-1) {
		if u.toks[r[0]].kind != tokText {
			continue
		}
		col := item.Column{Container: container, Name: u.text(r[0]), Line: int(u.toks[r[0]].line)}
		if u.is(r[0]+1, "=>") && u.kind(r[0]+2) == tokText {
			col.Type = u.text(r[0] + 2)
		}
		all = append(all, declared{Column: col, kept: true})
	}
	return all
}

// formField reads ->add('email', EmailType::class, ['label' => '…']).
func (u *unit) formField(container string, i int) declared {
	col := item.Column{Container: container, Name: u.text(i + 2), Line: int(u.toks[i+2].line)}
	args := u.split(i+2, u.after(i+1)-1)
	if len(args) > 1 && u.kind(args[1][0]) == tokName {
		col.Type = strings.ToLower(strings.TrimSuffix(u.text(args[1][0]), "Type"))
		col.Type = col.Type[strings.LastIndexByte(col.Type, '\\')+1:]
	}
	for j := i + 2; j+2 < u.after(i+1)-1; j++ {
		if u.toks[j].kind == tokText && u.text(j) == "label" && u.is(j+1, "=>") && u.kind(j+2) == tokText {
			col.Comment = u.text(j + 2)
		}
	}
	return declared{Column: col}
}
