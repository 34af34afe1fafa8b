//! A reader for MessagePack that borrows from the file's bytes.
//!
//! The models hold arrays of megabytes; a reader that hands out slices needs no copy of them. It never
//! allocates more than the input could fill (a length is checked against the bytes that are left before
//! anything is reserved) and never recurses deeper than [`MAX_DEPTH`].
use std::fmt;

/// Deepest nesting accepted; the models use five levels.
const MAX_DEPTH: usize = 64;

/// One value. Map keys may be of any type: spaCy writes integers and byte strings as keys too.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    Nil,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    Str(&'a str),
    Bin(&'a [u8]),
    Array(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
}

/// Where and why the bytes are not MessagePack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    pub offset: usize,
    pub what: &'static str,
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not readable as MessagePack at byte {}: {}", self.offset, self.what)
    }
}

/// Reads one value that must fill `bytes`.
pub fn read(bytes: &[u8]) -> Result<Value<'_>, Damaged> {
    let mut r = Reader { bytes, at: 0 };
    let v = r.value(0)?;
    if r.at == bytes.len() { Ok(v) } else { Err(r.damaged("bytes follow the value")) }
}

impl<'a> Value<'a> {
    pub fn str(&self) -> Option<&'a str> {
        match self {
            Value::Str(s) => Some(s),
            _ => None,
        }
    }

    pub fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bin(b) => Some(b),
            Value::Str(s) => Some(s.as_bytes()),
            _ => None,
        }
    }

    pub fn uint(&self) -> Option<u64> {
        match *self {
            Value::UInt(u) => Some(u),
            Value::Int(i) => u64::try_from(i).ok(),
            _ => None,
        }
    }

    pub fn int(&self) -> Option<i64> {
        match *self {
            Value::UInt(u) => i64::try_from(u).ok(),
            Value::Int(i) => Some(i),
            _ => None,
        }
    }

    pub fn array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(a) => Some(a),
            _ => None,
        }
    }

    pub fn map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        match self {
            Value::Map(m) => Some(m),
            _ => None,
        }
    }

    /// The value under a text key, which may be stored as text or as bytes.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.map()?.iter().find(|(k, _)| k.bytes() == Some(key.as_bytes())).map(|(_, v)| v)
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn damaged(&self, what: &'static str) -> Damaged {
        Damaged { offset: self.at, what }
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], Damaged> {
        let end = self.at.checked_add(n).filter(|&e| e <= self.bytes.len());
        let end = end.ok_or_else(|| self.damaged("the file ends too early"))?;
        let out = &self.bytes[self.at..end];
        self.at = end;
        Ok(out)
    }

    /// A big-endian unsigned number of `n` bytes.
    fn number(&mut self, n: usize) -> Result<u64, Damaged> {
        Ok(self.take(n)?.iter().fold(0, |acc, &b| acc << 8 | u64::from(b)))
    }

    fn length(&mut self, n: usize) -> Result<usize, Damaged> {
        Ok(self.number(n)? as usize)
    }

    fn text(&mut self, n: usize) -> Result<Value<'a>, Damaged> {
        let at = self.at;
        let b = self.take(n)?;
        std::str::from_utf8(b).map(Value::Str).map_err(|_| Damaged { offset: at, what: "text is not UTF-8" })
    }

    fn array(&mut self, n: usize, depth: usize) -> Result<Value<'a>, Damaged> {
        if n > self.bytes.len() - self.at {
            return Err(self.damaged("an array is longer than the file"));
        }
        // A value in memory is larger than its shortest form in the file: reserve with care.
        let mut out = Vec::with_capacity(n.min(4096));
        for _ in 0..n {
            out.push(self.value(depth + 1)?);
        }
        Ok(Value::Array(out))
    }

    fn map(&mut self, n: usize, depth: usize) -> Result<Value<'a>, Damaged> {
        if n > (self.bytes.len() - self.at) / 2 {
            return Err(self.damaged("a map is longer than the file"));
        }
        let mut out = Vec::with_capacity(n.min(4096));
        for _ in 0..n {
            let key = self.value(depth + 1)?;
            out.push((key, self.value(depth + 1)?));
        }
        Ok(Value::Map(out))
    }

    fn value(&mut self, depth: usize) -> Result<Value<'a>, Damaged> {
        if depth > MAX_DEPTH {
            return Err(self.damaged("values are nested too deeply"));
        }
        let tag = self.take(1)?[0];
        Ok(match tag {
            0x00..=0x7f => Value::UInt(u64::from(tag)),
            0x80..=0x8f => self.map(usize::from(tag & 0x0f), depth)?,
            0x90..=0x9f => self.array(usize::from(tag & 0x0f), depth)?,
            0xa0..=0xbf => self.text(usize::from(tag & 0x1f))?,
            0xc0 => Value::Nil,
            0xc2 => Value::Bool(false),
            0xc3 => Value::Bool(true),
            0xc4..=0xc6 => {
                let n = self.length(1 << (tag - 0xc4))?;
                Value::Bin(self.take(n)?)
            }
            0xca => Value::Float(f64::from(f32::from_bits(self.number(4)? as u32))),
            0xcb => Value::Float(f64::from_bits(self.number(8)?)),
            0xcc..=0xcf => Value::UInt(self.number(1 << (tag - 0xcc))?),
            0xd0 => Value::Int(i64::from(self.number(1)? as u8 as i8)),
            0xd1 => Value::Int(i64::from(self.number(2)? as u16 as i16)),
            0xd2 => Value::Int(i64::from(self.number(4)? as u32 as i32)),
            0xd3 => Value::Int(self.number(8)? as i64),
            0xd9..=0xdb => {
                let n = self.length(1 << (tag - 0xd9))?;
                self.text(n)?
            }
            0xdc | 0xdd => {
                let n = self.length(2 << (tag - 0xdc))?;
                self.array(n, depth)?
            }
            0xde | 0xdf => {
                let n = self.length(2 << (tag - 0xde))?;
                self.map(n, depth)?
            }
            0xe0..=0xff => Value::Int(i64::from(tag as i8)),
            _ => return Err(self.damaged("an extension type, which no model uses")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_each_kind() {
        let bytes = [
            0x84, 0xa1, b'a', 0x93, 0x01, 0xff, 0xc0, 0xc4, 0x01, b'b', 0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xcd, 0x01,
            0x00, 0xc3, 0xd1, 0xff, 0x00, 0xda, 0x00, 0x02, 0xc3, 0xa9,
        ];
        let v = read(&bytes).expect("well formed");
        assert_eq!(v.get("a"), Some(&Value::Array(vec![Value::UInt(1), Value::Int(-1), Value::Nil])));
        assert_eq!(v.get("b"), Some(&Value::Float(1.5)));
        assert_eq!(v.map().expect("a map")[2], (Value::UInt(256), Value::Bool(true)));
        assert_eq!(v.map().expect("a map")[3], (Value::Int(-256), Value::Str("é")));
    }

    #[test]
    fn refuses_lengths_that_the_file_cannot_hold() {
        for bytes in
            [&[0xdd, 0xff, 0xff, 0xff, 0xff][..], &[0xdf, 0xff, 0xff, 0xff, 0xff], &[0xc6, 0xff, 0xff, 0xff, 0xff, 1]]
        {
            assert!(read(bytes).is_err());
        }
        assert!(read(&[0x91; 100_000]).is_err(), "nesting without end");
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
        }
    }
}
