package names

import "strings"

// kind is what a declared type can hold.
type kind string

// The kinds rules may name under type.not. Empty is unknown.
const (
	isText     kind = "text"
	isBool     kind = "bool"
	isDate     kind = "date"
	isTime     kind = "time"
	isInt      kind = "int"     // too short for long identifiers
	isLong     kind = "long"    // 64-bit integers and numbers without decimals
	isDecimal  kind = "decimal" // amounts, measures
	isUUID     kind = "uuid"
	isInet     kind = "inet"
	isGeo      kind = "geo"
	isEnum     kind = "enum"
	isBlob     kind = "blob"
	isRelation kind = "relation" // a reference to another record
	isMasked   kind = "masked"   // nothing but asterisks, told by the cells
)

// kindNames are the kinds a rule may refuse.
var kindNames = []string{"bool", "date", "time", "int", "long", "decimal", "uuid", "inet", "geo", "enum", "blob", "text", "relation"}

// kinds maps the types of SQL dialects, languages and forms to kinds.
var kinds = map[string]kind{
	"bool": isBool, "boolean": isBool, "bit": isBool, "checkbox": isBool, "booleanfield": isBool, "logical": isBool, "nullbooleanfield": isBool, "switch": isBool,
	"date": isDate, "datetime": isDate, "timestamp": isDate, "timestamptz": isDate, "localdate": isDate, "localdatetime": isDate, "datefield": isDate, "datetimefield": isDate,
	"datetimeinterface": isDate, "datetimeimmutable": isDate, "instant": isDate, "datetime2": isDate, "smalldatetime": isDate, "datetimeoffset": isDate, "offsetdatetime": isDate,
	"zoneddatetime": isDate, "dateonly": isDate, "datetime_immutable": isDate, "date_immutable": isDate, "dateinterval": isTime,
	"time": isTime, "interval": isTime, "duration": isTime, "timefield": isTime, "localtime": isTime, "timespan": isTime, "durationfield": isTime,
	"int": isInt, "integer": isInt, "int4": isInt, "int2": isInt, "smallint": isInt, "tinyint": isInt, "mediumint": isInt, "int32": isInt, "int16": isInt, "uint32": isInt, "uint16": isInt, "uint8": isInt,
	"short": isInt, "byte": isInt, "serial": isInt, "int8": isLong, "integerfield": isInt, "smallintegerfield": isInt, "positiveintegerfield": isInt, "positivesmallintegerfield": isInt, "uint": isInt, "sint32": isInt,
	"bigint": isLong, "long": isLong, "int64": isLong, "uint64": isLong, "bigserial": isLong, "bigintegerfield": isLong, "biginteger": isLong, "bignum": isLong, "fixed32": isInt,
	"decimal": isDecimal, "numeric": isDecimal, "float": isDecimal, "double": isDecimal, "real": isDecimal, "money": isDecimal, "bigdecimal": isDecimal, "float64": isDecimal, "float32": isDecimal,
	"decimalfield": isDecimal, "floatfield": isDecimal, "smallmoney": isDecimal, "float8": isDecimal, "float4": isDecimal, "binary_double": isDecimal, "binary_float": isDecimal,
	"uuid": isUUID, "uniqueidentifier": isUUID, "guid": isUUID, "uuidfield": isUUID, "ulid": isUUID, "uuidv4": isUUID, "objectid": isUUID, "types.objectid": isUUID,
	"inet": isInet, "cidr": isInet, "macaddr": isInet, "genericipaddressfield": isInet, "ipaddress": isInet, "inet4": isInet, "inet6": isInet, "macaddr8": isInet,
	"point": isGeo, "geometry": isGeo, "geography": isGeo, "linestring": isGeo, "polygon": isGeo, "pointfield": isGeo, "geopoint": isGeo, "sdo_geometry": isGeo,
	"enum": isEnum, "set": isEnum, "masked": isMasked,
	"blob": isBlob, "bytea": isBlob, "varbinary": isBlob, "binary": isBlob, "image": isBlob, "longblob": isBlob, "mediumblob": isBlob, "raw": isBlob, "bytes": isBlob,
	"foreignkey": isRelation, "onetoonefield": isRelation, "manytoone": isRelation, "onetoone": isRelation, "manytomanyfield": isRelation, "belongs_to": isRelation, "references": isRelation, "manytomany": isRelation, "onetomany": isRelation, "collection": isRelation, "arraycollection": isRelation, "queryset": isRelation, "persistentcollection": isRelation, "reversemanytoone": isRelation,
	"varchar": isText, "char": isText, "text": isText, "string": isText, "nvarchar": isText, "nchar": isText, "varchar2": isText, "nvarchar2": isText, "character": isText, "character varying": isText,
	"charfield": isText, "textfield": isText, "clob": isText, "longtext": isText, "mediumtext": isText, "tinytext": isText, "citext": isText, "str": isText, "emailfield": isText, "bpchar": isText, "textarea": isText,
	"email": isText, "tel": isText, "password": isText, "urlfield": isText, "slugfield": isText, "phonenumberfield": isText,
}

// kindOf reads a declared type: "?string", "Optional<String>", "varchar",
// "java.time.LocalDate", "models.CharField".
func kindOf(declared string, length int) kind {
	t := strings.ToLower(strings.Trim(declared, "?*&! "))
	if t == "" {
		return ""
	}
	if t == "tinyint" && length == 1 {
		return isBool
	}
	if t == "number" && length > 0 && length <= 9 {
		return isInt
	}
	if k, ok := kinds[t]; ok {
		return k
	}
	if strings.HasPrefix(t, "dbset<") || strings.HasPrefix(t, "iqueryable<") {
		return isRelation // a table of its own
	}
	if inner, ok := wrapped(t); ok {
		return kindOf(inner, length)
	}
	if i := strings.IndexAny(t, " (["); i > 0 && !strings.HasPrefix(t[i:], "[]") {
		return kindOf(t[:i], length)
	}
	if i := strings.LastIndexAny(t, `.\:`); i >= 0 {
		return kindOf(t[i+1:], length)
	}
	if i := strings.IndexByte(t, '|'); i > 0 {
		return kindOf(t[:i], length)
	}
	return ""
}

// isClass tells whether a declared type, lower case, is a class of the program
// that no kind knows: signalementusager, *models.person, no list of strings.
func (l *lexis) isClass(declared string) bool {
	t := strings.Trim(declared, "?*&[] ")
	t = t[strings.LastIndexAny(t, `.\:`)+1:]
	return len(t) > 3 && !l.vague[t] && !strings.ContainsAny(t, "<([ |{_") && !strings.Contains(t, "string") && !strings.Contains(t, "text") && !strings.Contains(t, "char")
}

// wrapped returns what is inside Optional<…>, Nullable<…>, Mapped[…].
func wrapped(t string) (string, bool) {
	for _, w := range []string{"optional", "nullable", "mapped", "option", "maybe", "observable", "ref"} {
		rest, ok := strings.CutPrefix(t, w)
		if ok && len(rest) > 2 && (rest[0] == '<' || rest[0] == '[' || rest[0] == '(') {
			return rest[1 : len(rest)-1], true
		}
	}
	return "", false
}

// is tells whether the kind is the one a rule names: long counts as int only
// where the rule says so, since a bigint holds any national number.
func (k kind) is(name string) bool { return k != "" && string(k) == name }
