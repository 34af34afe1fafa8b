//! The layers of a model file: where they are, and their weights.
//!
//! thinc writes a model as four arrays that run in parallel over a breadth-first walk of its layers. The
//! layers are found by name, so that a pipeline of another depth, width or set of features loads as well.
use crate::error::LoadError;
use crate::files::{Bytes, Files};
use crate::kernels::{Norm, Packed};
use crate::msgpack::{self, Value};

/// One layer with parameters or attributes.
pub(crate) struct Layer<'a> {
    pub(crate) name: &'a str,
    attrs: &'a Value<'a>,
    params: &'a Value<'a>,
    file: &'a Bytes,
}

/// A dense array of 32-bit numbers, as the bytes of the file.
struct Array<'a> {
    shape: Vec<usize>,
    data: &'a [u8],
}

/// A table that stays in the bytes of its file: embeddings are large, and few of their rows are ever used.
pub(crate) struct Table {
    file: Bytes,
    start: usize,
    pub(crate) rows: usize,
    pub(crate) width: usize,
}

impl Table {
    /// Adds a row to `sum`.
    pub(crate) fn add_row(&self, row: usize, sum: &mut [f32]) {
        let size = self.width * 4;
        let bytes = &self.file[self.start + row * size..][..size];
        for (x, b) in sum.iter_mut().zip(bytes.as_chunks::<4>().0) {
            *x += f32::from_le_bytes(*b);
        }
    }
}

/// Reads the layers of the file `name` of the model and hands them to `build`.
pub(crate) fn with_layers<T>(
    files: &Files,
    name: &str,
    build: impl FnOnce(&[Layer<'_>]) -> Result<T, String>,
) -> Result<T, LoadError> {
    let fail = |reason: String| LoadError::new(&files.path(name), reason);
    let bytes = files.bytes(name)?;
    let root = msgpack::read(&bytes).map_err(|e| fail(e.to_string()))?;
    let list = |name: &str| {
        root.get(name).and_then(Value::array).ok_or_else(|| fail(format!("no list `{name}`: not a spaCy 3 model")))
    };
    let (nodes, attrs, params) = (list("nodes")?, list("attrs")?, list("params")?);
    if nodes.len() != attrs.len() || nodes.len() != params.len() {
        return Err(fail("its lists of nodes, attributes and parameters differ in length".into()));
    }
    let layers: Vec<Layer<'_>> = nodes
        .iter()
        .zip(attrs.iter().zip(params))
        .filter_map(|(n, (attrs, params))| Some(Layer { name: n.get("name")?.str()?, attrs, params, file: &bytes }))
        .collect();
    if layers.len() != nodes.len() {
        return Err(fail("a layer without a name".into()));
    }
    build(&layers).map_err(fail)
}

impl Layer<'_> {
    /// The attribute, which is MessagePack inside a byte string.
    pub(crate) fn attr<T>(&self, name: &str, read: impl FnOnce(&Value<'_>) -> Option<T>) -> Result<T, String> {
        let wrong = || format!("layer `{}` has no usable attribute `{name}`", self.name);
        let bytes = self.attrs.get(name).and_then(Value::bytes).ok_or_else(wrong)?;
        let value = msgpack::read(bytes).map_err(|e| format!("attribute `{name}` of layer `{}`: {e}", self.name))?;
        read(&value).ok_or_else(wrong)
    }

    /// The parameter, which must have as many dimensions as `N`.
    pub(crate) fn param<const N: usize>(&self, name: &str) -> Result<([usize; N], Vec<f32>), String> {
        let wrong = |what: &str| format!("parameter `{name}` of layer `{}` {what}", self.name);
        let array = self.array(name)?;
        let shape = <[usize; N]>::try_from(array.shape).map_err(|s| wrong(&format!("has {} dimensions", s.len())))?;
        Ok((shape, floats(array.data)))
    }

    fn array(&self, name: &str) -> Result<Array<'_>, String> {
        let array = self.params.get(name).ok_or_else(|| "is missing".to_owned());
        array.and_then(Array::read).map_err(|e| format!("parameter `{name}` of layer `{}` {e}", self.name))
    }

    /// The parameter as a table that is left where it is.
    pub(crate) fn table(&self, name: &str) -> Result<Table, String> {
        let array = self.array(name)?;
        let [rows, width] = array.shape[..] else {
            return Err(format!("parameter `{name}` of layer `{}` is no table", self.name));
        };
        // The reader hands out slices of the file, so the difference of the addresses is the place in it.
        let start = array.data.as_ptr() as usize - self.file.as_ptr() as usize;
        Ok(Table { file: self.file.clone(), start, rows, width })
    }

    pub(crate) fn linear(&self) -> Result<Packed, String> {
        let ([outputs, k], w) = self.param("W")?;
        let ([n], b) = self.param("b")?;
        if n != outputs || outputs == 0 || k == 0 {
            return Err(format!("layer `{}`: {outputs} rows of {k} weights, {n} of bias", self.name));
        }
        Ok(Packed::linear((outputs, k), |o, i| w[o * k + i], |o| b[o]))
    }

    pub(crate) fn maxout(&self) -> Result<(Packed, usize), String> {
        let ([units, pieces, k], w) = self.param("W")?;
        let (shape, b) = self.param("b")?;
        if shape != [units, pieces] || !(1..=3).contains(&pieces) || units == 0 || k == 0 {
            return Err(format!("layer `{}`: {units} units of {pieces} pieces, bias {shape:?}", self.name));
        }
        let packed =
            Packed::maxout((units, pieces, k), |u, p, i| w[(u * pieces + p) * k + i], |u, p| b[u * pieces + p]);
        Ok((packed, units))
    }

    pub(crate) fn norm(&self) -> Result<Norm, String> {
        let ([n], gain) = self.param("G")?;
        let ([m], bias) = self.param("b")?;
        if n != m { Err(format!("layer `{}`: {n} gains, {m} biases", self.name)) } else { Ok(Norm { gain, bias }) }
    }
}

impl<'a> Array<'a> {
    fn read(v: &Value<'a>) -> Result<Array<'a>, String> {
        let field = |name: &str| v.get(name).ok_or_else(|| format!("is no array: `{name}` is missing"));
        let kind = field("type")?.bytes().unwrap_or_default();
        if kind != b"<f4" {
            return Err(format!("has numbers of type {}, not <f4", String::from_utf8_lossy(kind)));
        }
        let shape = field("shape")?.array().ok_or("has no shape")?;
        let shape: Option<Vec<usize>> = shape.iter().map(|d| d.uint().and_then(|u| usize::try_from(u).ok())).collect();
        let shape = shape.ok_or("has a shape that is not made of numbers")?;
        let data = field("data")?.bytes().ok_or("has no data")?;
        let size = shape.iter().try_fold(4usize, |acc, &d| acc.checked_mul(d));
        if size != Some(data.len()) {
            return Err(format!("has {} bytes for the shape {shape:?}", data.len()));
        }
        Ok(Array { shape, data })
    }
}

/// Little-endian 32-bit numbers.
pub(crate) fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect()
}

/// The only layer of that name.
pub(crate) fn single<'a, 'b>(layers: &'a [Layer<'b>], name: &str) -> Result<&'a Layer<'b>, String> {
    let mut found = layers.iter().filter(|l| l.name == name);
    match (found.next(), found.next()) {
        (Some(l), None) => Ok(l),
        (None, _) => Err(format!("no layer `{name}`")),
        _ => Err(format!("more than one layer `{name}`")),
    }
}
