"""A seventh set, of the lessons on tensors, autograd, layers, data and training, written from the text of the exercises
alone: 155 wrong and 42 right solutions.

At first sight: of 155 wrong solutions 150 rejected, 146 rightly named, 0 told to write a line that is there; of 42
right ones 0 refused. One of those not named was the author's fault: too few words for an average that never moves.
"""
# ruff: noqa
### unbroadcast | wrong | shape|length 1|stretch|repeated|keepdims|axis|axes
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    if added < 0:
        raise ValueError(f"{shape} does not broadcast to {gradient.shape}")
    return gradient.sum(axis=tuple(range(added)))
### unbroadcast | wrong | keepdims|shape|axis|axes|length 1|kept
def unbroadcast(gradient, shape):
    extra = gradient.ndim - len(shape)
    out = gradient.sum(axis=tuple(range(extra)))
    ones = tuple(i for i, n in enumerate(shape) if n == 1)
    out = out.sum(axis=ones)
    if out.shape != tuple(shape):
        raise ValueError(f"cannot go from {gradient.shape} to {shape}")
    return out
### unbroadcast | wrong | valueerror|refus|rais|broadcast|accept|reshape
def unbroadcast(gradient, shape):
    extra = gradient.ndim - len(shape)
    axes = tuple(range(extra)) + tuple(extra + i for i, n in enumerate(shape) if n == 1)
    return gradient.sum(axis=axes).reshape(shape)
### unbroadcast | wrong | mean|average|divid|sum
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    if added < 0:
        raise ValueError("more axes than the gradient")
    result = gradient.mean(axis=tuple(range(added)))
    ones = tuple(axis for axis, size in enumerate(shape) if size == 1)
    if ones:
        result = result.mean(axis=ones, keepdims=True)
    if result.shape != tuple(shape):
        raise ValueError(f"{shape} does not fit {gradient.shape}")
    return result
### unbroadcast | wrong | front|leading|first|last|trailing|axis|axes|align|wrong end
def unbroadcast(gradient, shape):
    behind = tuple(range(len(shape), gradient.ndim))
    out = gradient.sum(axis=behind)
    for i, n in enumerate(shape):
        if n == 1:
            out = out.sum(axis=i, keepdims=True)
    if out.shape != tuple(shape):
        raise ValueError(f"{shape} does not broadcast to {gradient.shape}")
    return out
### unbroadcast | wrong | added|offset|shift|front|axis|axes|leading|duplicate|position|count
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    if added < 0:
        raise ValueError("too many axes")
    axes = set(range(added))
    for i, size in enumerate(shape):
        if size == 1:
            axes.add(i)
    summed = gradient.sum(axis=tuple(axes))
    if summed.size != np.prod(shape):
        raise ValueError(f"{shape} does not broadcast to {gradient.shape}")
    return summed.reshape(shape)
### unbroadcast | wrong | sum|first|only|copy|copies|one of|takes|picks
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient[0]
    for axis, n in enumerate(shape):
        if n == 1:
            gradient = gradient.take([0], axis=axis)
    if gradient.shape != tuple(shape):
        raise ValueError(f"{shape} does not broadcast")
    return gradient
### unbroadcast | wrong | keepdims|axis|axes|shift|several|two|shape|length 1
def unbroadcast(gradient, shape):
    out = gradient
    while out.ndim > len(shape):
        out = out.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            out = out.sum(axis=axis)
    if out.size != np.prod(shape):
        raise ValueError(f"{shape} does not broadcast to {gradient.shape}")
    return out.reshape(shape)
### unbroadcast | wrong | shape|squeeze|keepdims|axis|axes|length 1
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    if added < 0:
        raise ValueError("shape has too many axes")
    padded = (1,)*added + tuple(shape)
    for have, want in zip(gradient.shape, padded):
        if want not in (1, have):
            raise ValueError(f"{shape} does not broadcast to {gradient.shape}")
    axes = tuple(i for i, n in enumerate(padded) if n == 1)
    return gradient.sum(axis=axes, keepdims=True).squeeze()
### unbroadcast | wrong | valueerror|refus|rais|accept|broadcast
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    if added < 0:
        raise ValueError("shape is longer than the gradient's")
    summed = gradient.sum(axis=tuple(range(added)))
    for axis in range(len(shape)):
        if summed.shape[axis] != shape[axis]:
            summed = summed.sum(axis=axis, keepdims=True)
    return summed
### unbroadcast | wrong | valueerror|assertionerror|kind of error|error
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    assert added >= 0, "the shape has more axes than the gradient"
    summed = gradient.sum(axis=tuple(range(added)))
    ones = tuple(axis for axis, size in enumerate(shape) if size == 1)
    summed = summed.sum(axis=ones, keepdims=True)
    assert summed.shape == tuple(shape), f"{shape} does not broadcast to {gradient.shape}"
    return summed
### unbroadcast | wrong | return|none
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    if added < 0:
        raise ValueError("does not broadcast")
    summed = gradient.sum(axis=tuple(range(added)))
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    if stretched:
        summed = summed.sum(axis=stretched, keepdims=True)
    if summed.shape != tuple(shape):
        raise ValueError("does not broadcast")
### unbroadcast | wrong | valueerror|refus|rais|valid|length 1|stretch|strict|error
def unbroadcast(gradient, shape):
    n = len(shape)
    if n > gradient.ndim or gradient.shape[gradient.ndim - n:] != tuple(shape):
        raise ValueError(f"{shape} cannot have been broadcast to {gradient.shape}")
    summed = gradient.sum(axis=tuple(range(gradient.ndim - n)))
    ones = tuple(i for i in range(n) if shape[i] == 1)
    return summed.sum(axis=ones, keepdims=True)
### unbroadcast | right
def unbroadcast(gradient, shape):
    result = gradient
    while result.ndim > len(shape):
        result = result.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1 and axis < result.ndim:
            result = result.sum(axis=axis, keepdims=True)
    if result.shape != tuple(shape):
        raise ValueError(f"an operand of shape {shape} never becomes {gradient.shape}")
    return result
### unbroadcast | right
def unbroadcast(gradient, shape):
    shape = tuple(shape)
    if np.broadcast_shapes(shape, gradient.shape) != gradient.shape:
        raise ValueError(f"{shape} does not broadcast to {gradient.shape}")
    padded = (1,)*(gradient.ndim - len(shape)) + shape
    axes = tuple(i for i, size in enumerate(padded) if size == 1)
    return np.add.reduce(gradient, axis=axes, keepdims=True).reshape(shape)
### unbroadcast | right
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    fits = added >= 0 and all(n in (1, m) for n, m in zip(shape, gradient.shape[added:]))
    if not fits:
        raise ValueError(f"shape {shape} was never broadcast to {gradient.shape}")
    result = np.zeros(shape, dtype=gradient.dtype)
    for index in np.ndindex(gradient.shape):
        origin = tuple(0 if n == 1 else i for n, i in zip(shape, index[added:]))
        result[origin] += gradient[index]
    return result
### sigmoid | wrong | overflow|large|warn
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
### sigmoid | wrong | overflow|nan|large|inf|warn
def sigmoid(x):
    e = np.exp(x)
    return e / (e + 1)
### sigmoid | wrong | warn|overflow|both|evaluat|where
def sigmoid(x):
    left = np.exp(x) / (1 + np.exp(x))
    right = 1 / (1 + np.exp(-x))
    return np.where(x >= 0, right, left)
### sigmoid | wrong | clip|cut|tail|small|limit|lost|constant|same|far|-?\d\d
def sigmoid(x):
    z = np.clip(x, -20, 20)
    return 1 / (1 + np.exp(-z))
### sigmoid | wrong | float64|dtype|float32|precision
def sigmoid(x):
    out = np.empty(x.shape)
    pos = x >= 0
    out[pos] = 1 / (1 + np.exp(-x[pos]))
    e = np.exp(x[~pos])
    out[~pos] = e / (1 + e)
    return out
### sigmoid | wrong | swap|mirror|sign|1 - |negative|other way|exchang|falls|reverse
def sigmoid(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, small, 1) / (1 + small)
### sigmoid | wrong | overflow|abs|negative|sign|nan|warn
def sigmoid(x):
    small = np.exp(-x)
    return np.where(x >= 0, 1, small) / (1 + small)
### sigmoid | wrong | zero|\b0\b|overflow|tail|small|lost|inf
def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))
### sigmoid | wrong | argument|in place|chang|given|writes?|input
def sigmoid(x):
    positive = x >= 0
    np.abs(x, out=x)
    small = np.exp(-x)
    return np.where(positive, 1, small) / (1 + small)
### sigmoid | wrong | array|ambiguous|truth|\bif\b|element|where
def sigmoid(x):
    if x >= 0:
        return 1 / (1 + np.exp(-x))
    e = np.exp(x)
    return e / (1 + e)
### sigmoid | wrong | cancel|subtract|1 ?-|zero|small|lost|digits|precision|tail
def sigmoid(x):
    p = 1 / (1 + np.exp(-np.abs(x)))
    return np.where(x < 0, 1 - p, p)
### sigmoid | wrong | positive|0\.5|half|side|symmetr|numerator|mirror|large
def sigmoid(x):
    s = np.exp(-np.abs(x))
    return s / (1 + s)
### sigmoid | wrong | dtype|float32|float64|precision|digits
def sigmoid(x):
    z = np.asarray(x, dtype=np.float32)
    s = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, s) / (1 + s)
### sigmoid | right
def sigmoid(x):
    out = np.empty_like(x)
    up = x >= 0
    out[up] = 1 / (1 + np.exp(-x[up]))
    e = np.exp(x[~up])
    out[~up] = e / (e + 1)
    return out
### sigmoid | right
def sigmoid(x):
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))
### sigmoid | right
def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))
### sigmoid | right
def sigmoid(x):
    low, high = np.minimum(x, 0), np.maximum(x, 0)
    grown = np.exp(low)
    return np.where(x < 0, grown / (1 + grown), 1 / (1 + np.exp(-high)))
### divide_vjp | wrong | sign|minus|negative
def divide_numerator(g, y, a, b):
    return g / b

def divide_denominator(g, y, a, b):
    return g * y / b
### divide_vjp | wrong | square|b ?\* ?b|once|divid|power|b\*\*2|twice|y\b
def divide_numerator(g, y, a, b):
    return g / b

def divide_denominator(g, y, a, b):
    return -g * a / b
### divide_vjp | wrong | divid|multipl|times|1/b
def divide_numerator(g, y, a, b):
    return g * b

def divide_denominator(g, y, a, b):
    return -g * y / b
### divide_vjp | wrong | \by\b|twice|once|b\*\*|square|too (often|much)|cube|third
def divide_numerator(g, y, a, b):
    return g / b

def divide_denominator(g, y, a, b):
    return -g * y / b**2
### divide_vjp | wrong | \bg\b|gradient|chain|upstream|arriv
def divide_numerator(g, y, a, b):
    return 1 / b

def divide_denominator(g, y, a, b):
    return -g * y / b
### divide_vjp | wrong | \bg\b|gradient|chain|upstream|arriv
def divide_numerator(g, y, a, b):
    return g / b

def divide_denominator(g, y, a, b):
    return -a / (b * b)
### divide_vjp | wrong | swap|exchang|other|mixed|numerator|denominator
def divide_numerator(g, y, a, b):
    return -g * y / b

def divide_denominator(g, y, a, b):
    return g / b
### divide_vjp | wrong | element|matmul|@|matrix|product|shape|sum
def divide_numerator(g, y, a, b):
    return np.dot(g, 1 / b)

def divide_denominator(g, y, a, b):
    return -np.dot(g, y / b)
### divide_vjp | wrong | in place|argument|chang|writ|given
def divide_numerator(g, y, a, b):
    if isinstance(g, np.ndarray):
        g /= b
        return g
    return g / b

def divide_denominator(g, y, a, b):
    return -g * y / b
### divide_vjp | wrong | epsil|1e-|added|zero|small|safe
def divide_numerator(g, y, a, b):
    return g / (b + 1e-6)

def divide_denominator(g, y, a, b):
    return -g * y / (b + 1e-6)
### divide_vjp | wrong | sum|shape|element|unbroadcast|one number
def divide_numerator(g, y, a, b):
    return np.sum(g / b)

def divide_denominator(g, y, a, b):
    return np.sum(-g * y / b)
### divide_vjp | wrong | floor|whole|//|integer|round
def divide_numerator(g, y, a, b):
    return g // b

def divide_denominator(g, y, a, b):
    return -g * a // b**2
### divide_vjp | wrong | paren|preced|brackets|b ?\* ?b|b\*\*2|square|order|divid
def divide_numerator(g, y, a, b):
    return g / b

def divide_denominator(g, y, a, b):
    return -g * a / b * b
### divide_vjp | right
def divide_numerator(g, y, a, b):
    slope = 1 / b
    return g * slope

def divide_denominator(g, y, a, b):
    slope = -a / (b * b)
    return g * slope
### divide_vjp | right
def divide_numerator(g, y, a, b):
    return np.divide(g, b)

def divide_denominator(g, y, a, b):
    return np.negative(np.multiply(g, np.divide(y, b)))
### divide_vjp | right
def divide_numerator(g, y, a, b):
    return g / b

def divide_denominator(g, y, a, b):
    return -(y * divide_numerator(g, y, a, b))
### max_vjp | wrong | ties?|share|equal|several|divid|split
def max_vjp(g, y, a, axis, keepdims):
    mask = (a == spread(y, a, axis, keepdims)).astype(a.dtype)
    return mask * spread(g, a, axis, keepdims)
### max_vjp | wrong | spread|shape|axis|axes|keepdims|broadcast
def max_vjp(g, y, a, axis, keepdims):
    mask = (a == spread(y, a, axis, keepdims)).astype(a.dtype)
    return mask * g / mask.sum(axis=axis, keepdims=True)
### max_vjp | wrong | ties?|share|first|equal|argmax|tuple|several
def max_vjp(g, y, a, axis, keepdims):
    out = np.zeros_like(a)
    if axis is None:
        out.flat[a.argmax()] = np.sum(g)
        return out
    where = np.expand_dims(a.argmax(axis), axis)
    np.put_along_axis(out, where, spread(g, a, axis, keepdims), axis)
    return out
### max_vjp | wrong | dtype|float32|float64
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    ties = hit.sum(axis=axis, keepdims=True)
    return hit * spread(g, a, axis, keepdims) / ties
### max_vjp | wrong | axis|each|count|row|total|number|per|along
def max_vjp(g, y, a, axis, keepdims):
    hit = (a == spread(y, a, axis, keepdims)).astype(a.dtype)
    return hit * spread(g, a, axis, keepdims) / hit.sum()
### max_vjp | wrong | spread|axis|shape|keepdims|row|column|broadcast
def max_vjp(g, y, a, axis, keepdims):
    hit = (a == y).astype(a.dtype)
    return hit * spread(g, a, axis, keepdims) / hit.sum(axis=axis, keepdims=True)
### max_vjp | wrong | axis|global|whole|row|overall|along|one maximum
def max_vjp(g, y, a, axis, keepdims):
    hit = (a == a.max()).astype(a.dtype)
    count = np.maximum(hit.sum(axis=axis, keepdims=True), 1)
    return hit * spread(g, a, axis, keepdims) / count
### max_vjp | wrong | \bg\b|gradient|arriv|chain|upstream
def max_vjp(g, y, a, axis, keepdims):
    hit = (a == spread(y, a, axis, keepdims)).astype(a.dtype)
    return hit / hit.sum(axis=axis, keepdims=True)
### max_vjp | wrong | number|count|share|divid|sum|mean|ties?|hits
def max_vjp(g, y, a, axis, keepdims):
    hit = (a == spread(y, a, axis, keepdims)).astype(a.dtype)
    return hit * spread(g, a, axis, keepdims) / hit.mean(axis=axis, keepdims=True)
### max_vjp | wrong | close|near|exact|almost|toleran|only the largest|slightly|second|smaller
def max_vjp(g, y, a, axis, keepdims):
    hit = np.isclose(a, spread(y, a, axis, keepdims)).astype(a.dtype)
    return hit * spread(g, a, axis, keepdims) / hit.sum(axis=axis, keepdims=True)
### max_vjp | wrong | keepdims|shape|axis|axes|spread
def max_vjp(g, y, a, axis, keepdims):
    if axis is not None:
        g, y = np.expand_dims(g, axis), np.expand_dims(y, axis)
    hit = (a == y).astype(a.dtype)
    return hit * g / hit.sum(axis=axis, keepdims=True)
### max_vjp | wrong | in place|argument|chang|writ|given
def max_vjp(g, y, a, axis, keepdims):
    a -= spread(y, a, axis, keepdims)
    hit = (a == 0).astype(a.dtype)
    return hit * spread(g, a, axis, keepdims) / hit.sum(axis=axis, keepdims=True)
### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    reached = spread(y, a, axis, keepdims)
    mask = (a == reached).astype(a.dtype)
    share = mask / mask.sum(axis=axis, keepdims=True)
    return (share * spread(g, a, axis, keepdims)).astype(a.dtype)
### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    portion = spread(g, a, axis, keepdims) / hit.sum(axis=axis, keepdims=True)
    return np.where(hit, portion, 0).astype(a.dtype)
### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    top = a.max(axis=axis, keepdims=True)
    hit = np.equal(a, top)
    count = hit.sum(axis=axis, keepdims=True, dtype=a.dtype)
    return (hit * (np.reshape(g, top.shape) / count)).astype(a.dtype)
### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    g, y = (spread(v, a, axis, keepdims) for v in (g, y))
    hit = a == y
    result = np.zeros_like(a)
    shared = np.broadcast_to(g / hit.sum(axis=axis, keepdims=True), a.shape)
    result[hit] = shared[hit]
    return result
### getitem_vjp | wrong | twice|repeat|both|overwrit|last|adds?|same element|once
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a, dtype=g.dtype)
    full[index] = g
    return full
### getitem_vjp | wrong | twice|repeat|both|add\.at|same element|once|last
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a, dtype=g.dtype)
    full[index] += g
    return full
### getitem_vjp | wrong | none|return
def getitem_vjp(g, y, a, index):
    return np.add.at(np.zeros_like(a, dtype=g.dtype), index, g)
### getitem_vjp | wrong | shape|zeros|index|bounds|too small
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(g)
    np.add.at(full, index, g)
    return full
### getitem_vjp | wrong | zero|own numbers|copy|a's (own )?(numbers|values)|nothing|starts
def getitem_vjp(g, y, a, index):
    full = a.astype(g.dtype)
    np.add.at(full, index, g)
    return full
### getitem_vjp | wrong | in place|argument|chang|writ|given
def getitem_vjp(g, y, a, index):
    a[...] = 0
    np.add.at(a, index, g)
    return a
### getitem_vjp | wrong | \bg\b|gradient|ones|count|how often
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a, dtype=g.dtype)
    np.add.at(full, index, 1)
    return full
### getitem_vjp | wrong | both|mean|average|divid|sum|adds?|twice|repeat
def getitem_vjp(g, y, a, index):
    full, times = np.zeros_like(a, dtype=g.dtype), np.zeros_like(a, dtype=g.dtype)
    np.add.at(full, index, g)
    np.add.at(times, index, 1)
    return full / np.maximum(times, 1)
### getitem_vjp | wrong | \by\b|gradient|\bg\b|value|what was read
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a, dtype=g.dtype)
    np.add.at(full, index, y)
    return full
### getitem_vjp | wrong | slice|index|anything|any|iter|\bint\b|tuple|kind
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a, dtype=g.dtype)
    for position, row in enumerate(index):
        full[row] += g[position]
    return full
### getitem_vjp | wrong | shape|dtype|index|slice|one-dim|1-?d|anything|axis|axes|2-?d|float64
def getitem_vjp(g, y, a, index):
    return np.bincount(index, weights=g, minlength=len(a)).astype(g.dtype)
### getitem_vjp | wrong | dtype|\bint|float|whole|cast
def getitem_vjp(g, y, a, index):
    full = np.zeros(a.shape, dtype=int)
    np.add.at(full, index, g)
    return full
### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    numbers = np.arange(a.size).reshape(a.shape)[index]
    flat = np.zeros(a.size, dtype=g.dtype)
    np.add.at(flat, np.ravel(numbers), np.ravel(g))
    return flat.reshape(a.shape)
### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    read = np.arange(a.size).reshape(a.shape)[index]
    total = np.bincount(np.ravel(read), weights=np.ravel(g), minlength=a.size)
    return total.astype(g.dtype).reshape(a.shape)
### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    result = np.zeros(a.shape, g.dtype)
    where = np.arange(a.size).reshape(a.shape)[index]
    for number, part in zip(np.ravel(where), np.ravel(g)):
        result.flat[number] += part
    return result
### matmul_vjp | wrong | transpos|shape|swap
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0]
### matmul_vjp | wrong | order|transpos|left|side|shape|before|first
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ rows.swapaxes(-1, -2)
    return result if b.ndim > 1 else result[..., 0]
### matmul_vjp | wrong | stack|last two|axes|\.t\b|transpos
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.T
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.T @ g
    return result if b.ndim > 1 else result[..., 0]
### matmul_vjp | wrong | vector|as_matrices|axis|axes|1-?d|ndim
def matmul_left(g, y, a, b):
    return g @ np.swapaxes(b, -1, -2)

def matmul_right(g, y, a, b):
    return np.swapaxes(a, -1, -2) @ g
### matmul_vjp | wrong | axis|vector|shape|drop|last
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0]
### matmul_vjp | wrong | squeeze|length 1|axis|axes|shape|drop
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    return (g @ columns.swapaxes(-1, -2)).squeeze()

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    return (rows.swapaxes(-1, -2) @ g).squeeze()
### matmul_vjp | wrong | stack|axis|vector|shape|first|\[0\]|\.\.\.
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    if a.ndim == 1:
        result = result[0]
    return result

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    if b.ndim == 1:
        result = result[..., 0]
    return result
### matmul_vjp | wrong | swap|exchang|other|shape|left|right|mixed
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]
### matmul_vjp | wrong | vector|axis|drop|shape|ndim|as_matrices
def matmul_left(g, y, a, b):
    g, a, b = as_matrices(g, a, b)
    da = g @ b.swapaxes(-1, -2)
    if a.ndim == 1:
        da = da[..., 0, :]
    return da

def matmul_right(g, y, a, b):
    g, a, b = as_matrices(g, a, b)
    db = a.swapaxes(-1, -2) @ g
    if b.ndim == 1:
        db = db[..., 0]
    return db
### matmul_vjp | wrong | \by\b|\bg\b|gradient|value
def matmul_left(g, y, a, b):
    y, rows, columns = as_matrices(y, a, b)
    result = y @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    y, rows, columns = as_matrices(y, a, b)
    result = rows.swapaxes(-1, -2) @ y
    return result if b.ndim > 1 else result[..., 0]
### matmul_vjp | wrong | stack|\bdot|shape|axes
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = np.dot(g, columns.swapaxes(-1, -2))
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = np.dot(rows.swapaxes(-1, -2), g)
    return result if b.ndim > 1 else result[..., 0]
### matmul_vjp | wrong | outer|vector|stack|shape|axis|axes
def matmul_left(g, y, a, b):
    if b.ndim == 1:
        return np.outer(g, b)
    if a.ndim == 1:
        return b @ g
    return g @ b.swapaxes(-1, -2)

def matmul_right(g, y, a, b):
    if a.ndim == 1:
        return np.outer(a, g)
    return a.swapaxes(-1, -2) @ g
### matmul_vjp | wrong | divid|batch|mean|average|factor|scale|small|times
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g / rows.shape[-2]
    return result if b.ndim > 1 else result[..., 0]
### matmul_vjp | right
def matmul_left(g, y, a, b):
    g, _, columns = as_matrices(g, a, b)
    result = np.einsum("...mn,...kn->...mk", g, columns)
    if a.ndim == 1:
        return result[..., 0, :]
    return result

def matmul_right(g, y, a, b):
    g, rows, _ = as_matrices(g, a, b)
    result = np.einsum("...mk,...mn->...kn", rows, g)
    if b.ndim == 1:
        return result[..., 0]
    return result
### matmul_vjp | right
def matmul_left(g, y, a, b):
    if a.ndim == 1 and b.ndim == 1:
        return g * b
    if b.ndim == 1:
        return g[..., None] * b
    if a.ndim == 1:
        return (b @ g[..., None])[..., 0]
    return g @ b.swapaxes(-1, -2)

def matmul_right(g, y, a, b):
    if a.ndim == 1 and b.ndim == 1:
        return g * a
    if b.ndim == 1:
        return (a.swapaxes(-1, -2) @ g[..., None])[..., 0]
    if a.ndim == 1:
        return a[:, None] * g[..., None, :]
    return a.swapaxes(-1, -2) @ g
### matmul_vjp | right
def transposed(matrix):
    return np.moveaxis(matrix, -1, -2)

def matmul_left(g, y, a, b):
    was_vector = a.ndim == 1
    g, a, b = as_matrices(g, a, b)
    da = np.matmul(g, transposed(b))
    return da.squeeze(-2) if was_vector else da

def matmul_right(g, y, a, b):
    was_vector = b.ndim == 1
    g, a, b = as_matrices(g, a, b)
    db = np.matmul(transposed(a), g)
    return db.squeeze(-1) if was_vector else db
### matmul_vjp | right
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = (columns @ g.swapaxes(-2, -1)).swapaxes(-2, -1)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = (g.swapaxes(-2, -1) @ rows).swapaxes(-2, -1)
    return result if b.ndim > 1 else result[..., :, 0]
### accumulate | wrong | adds?\b|overwrit|replac|sum|accumulat|forget|old|already
def accumulate(leaf, gradient, arrived):
    if np.may_share_memory(gradient, arrived):
        gradient = gradient.copy()
    leaf.grad = gradient
### accumulate | wrong | in place|shared|old (gradient|array)|new array|chang|writ
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy() if np.may_share_memory(gradient, arrived) else gradient
    else:
        leaf.grad.data[...] += gradient
### accumulate | wrong | copy|same memory|shar
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient
    else:
        leaf.grad = leaf.grad.data + gradient
### accumulate | wrong | in place|chang|argument|writ|given
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        gradient += leaf.grad.data
    leaf.grad = gradient.copy() if np.may_share_memory(gradient, arrived) else gradient
### accumulate | wrong | view|memory|shar|\bis\b|overlap|copy
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data + gradient
    elif gradient is arrived:
        leaf.grad = gradient.copy()
    else:
        leaf.grad = gradient
### accumulate | wrong | copy|shar|memory|invert|other way
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data + gradient
    else:
        leaf.grad = gradient if np.may_share_memory(gradient, arrived) else gradient.copy()
### accumulate | wrong | none|truth|ambiguous|bool|if leaf|zero
def accumulate(leaf, gradient, arrived):
    if leaf.grad:
        leaf.grad = leaf.grad.data + gradient
    else:
        leaf.grad = gradient.copy() if np.may_share_memory(gradient, arrived) else gradient
### accumulate | wrong | sign|subtract|minus|adds?\b|sum
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data - gradient
    else:
        leaf.grad = gradient.copy() if np.may_share_memory(gradient, arrived) else gradient
### accumulate | wrong | memory|view|equal|values|shar|copy
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data + gradient
        return
    same = np.array_equal(gradient, arrived)
    leaf.grad = gradient.copy() if same else gradient
### accumulate | wrong | in place|shared|old (gradient|array)|new array|chang|writ
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy() if np.may_share_memory(gradient, arrived) else gradient
        return
    total = leaf.grad.data
    total += gradient
    leaf.grad = total
### accumulate | wrong | none|first|no gradient|yet
def accumulate(leaf, gradient, arrived):
    if np.may_share_memory(gradient, arrived):
        gradient = gradient.copy()
    leaf.grad = leaf.grad.data + gradient
### accumulate | wrong | arrived|wrong (array|argument)|other|`gradient`|shape|not the gradient
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data + arrived
    else:
        leaf.grad = gradient.copy() if np.may_share_memory(gradient, arrived) else gradient
### accumulate | wrong | assign|return|leaf\.grad|unchanged|nothing|no gradient|none|set
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        return gradient.copy() if np.may_share_memory(gradient, arrived) else gradient
    return leaf.grad.data + gradient
### accumulate | right
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = np.array(gradient)
        return
    leaf.grad = leaf.grad + gradient
### accumulate | right
def accumulate(leaf, gradient, arrived):
    old = leaf.grad
    if old is not None:
        leaf.grad = np.add(old.data, gradient)
    elif np.shares_memory(gradient, arrived):
        leaf.grad = gradient.copy()
    else:
        leaf.grad = gradient
### accumulate | right
def accumulate(leaf, gradient, arrived):
    before = 0 if leaf.grad is None else leaf.grad.data
    leaf.grad = before + gradient
### dense | wrong | @|matrix|element|product|matmul|shape
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        out = inputs * self.weight
        return out if self.bias is None else out + self.bias
### dense | wrong | bias
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        return inputs @ self.weight
### dense | wrong | none|bias
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        return inputs @ self.weight + self.bias
### dense | wrong | transpos|\.t\b|shape|rows|columns
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        out = inputs @ self.weight.T
        return out if self.bias is None else out + self.bias
### dense | wrong | last|axis|batch|first|shape
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[0] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        out = inputs @ self.weight
        return out if self.bias is None else out + self.bias
### dense | wrong | rows|shape\[0\]|first|columns|outputs|refus|fit
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[-1]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        out = inputs @ self.weight
        return out if self.bias is None else out + self.bias
### dense | wrong | valueerror|assertionerror|kind of error|error
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        n = self.weight.shape[0]
        assert inputs.ndim and inputs.shape[-1] == n, f"{inputs.shape} into {self.weight.shape}"
        out = inputs @ self.weight
        return out if self.bias is None else out + self.bias
### dense | wrong | message|names?|both|shape
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError("the inputs have the wrong width for this layer")
        out = inputs @ self.weight
        return out if self.bias is None else out + self.bias
### dense | wrong | gradient|tape|\.data|cut|backward|requires_grad
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        out = inputs.data @ self.weight.data
        if self.bias is not None:
            out = out + self.bias.data
        return Variable(out)
### dense | wrong | single|one example|vector|1-?d|refus|ndim|without a batch|valueerror
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim != 2 or inputs.shape[1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        if self.bias is None:
            return inputs @ self.weight
        return inputs @ self.weight + self.bias
### dense | wrong | relu|negative|activation|linear|clip|below zero
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        out = inputs @ self.weight
        if self.bias is not None:
            out = out + self.bias
        return out.relu()
### dense | wrong | shape|single|axis|axes|vector|one example
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        n, m = self.weight.shape
        if inputs.ndim == 0 or inputs.shape[-1] != n:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        out = inputs.reshape(-1, n) @ self.weight
        return out if self.bias is None else out + self.bias
### dense | wrong | bias|row|broadcast|column|axis|batch|shape|sum
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        if self.bias is None:
            return inputs @ self.weight
        return inputs @ (self.weight + self.bias)
### dense | right
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs of shape {inputs.shape}, weight of shape {self.weight.shape}")
        output = inputs @ self.weight
        if self.bias is not None:
            output = output + self.bias
        return output
### dense | right
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        rows, columns = self.weight.shape
        width = inputs.shape[-1] if inputs.ndim else None
        if width != rows:
            raise ValueError(f"{inputs.shape} does not go into ({rows}, {columns}): "
                             f"the last axis must be {rows} long")
        return inputs @ self.weight if self.bias is None else apply(affine, inputs, self.weight, self.bias)
### dense | right
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        try:
            output = inputs @ self.weight
        except ValueError:
            raise ValueError(f"inputs have shape {inputs.shape}, but the weight has shape "
                             f"{self.weight.shape}") from None
        return output + self.bias if self.bias is not None else output
### dense | right
class Dense(Module):
    "inputs @ weight + bias; variance 2/n at the start ([He](https://arxiv.org/abs/1502.01852))."
    def __init__(self,
        in_features,       # width of the inputs, a whole number >= 1
        out_features,      # width of the outputs, a whole number >= 1
        generator=None,    # numpy.random.Generator, or a seed, for the weights; default: fresh
        dtype=np.float32,  # dtype of weight and bias
        bias=True,         # False: no bias; the attribute is then None
    ):
        for name, width in (("in_features", in_features), ("out_features", out_features)):
            if not (isinstance(width, (int, np.integer)) and width >= 1):
                raise ValueError(f"{name} = {width!r} is not valid: give a whole number >= 1")
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def describe(self):
        return super().describe() + ("" if self.bias is not None else ", bias=False")

    def forward(self, inputs):
        fits = inputs.ndim >= 1 and inputs.shape[-1] == len(self.weight)
        if not fits:
            message = "inputs of shape {} do not fit a weight of shape {}"
            raise ValueError(message.format(inputs.shape, self.weight.shape))
        product = np.matmul(inputs, self.weight)
        if self.bias is None:
            return product
        return self.bias + product
### cross_entropy | wrong | sign|minus|negative
def cross_entropy(logits, targets):
    return log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient * (g / len(targets))
### cross_entropy | wrong | mean|divid|batch|average|len
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].sum()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient * (g / len(targets))
### cross_entropy | wrong | mean|divid|batch|average|len
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient * g
### cross_entropy | wrong | \bg\b|upstream|arriv|from above|chain
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient / len(targets)
### cross_entropy | wrong | sign|minus|negative|other way|opposite|uphill
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    onehot = np.zeros_like(p)
    onehot[np.arange(len(targets)), targets] = 1
    return g * (onehot - p) / len(targets)
### cross_entropy | wrong | class|mean|batch|divid|size
def cross_entropy(logits, targets):
    onehot = np.arange(logits.shape[1]) == targets[:, None]
    return -(log_softmax(logits) * onehot).mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient * (g / len(targets))
### cross_entropy | wrong | overflow|shift|nan|large|inf|log_softmax
def cross_entropy(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(targets)), targets]).mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient * (g / len(targets))
### cross_entropy | wrong | row|pair|arange|each|column|every
def cross_entropy(logits, targets):
    return -log_softmax(logits)[:, targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient * (g / len(targets))
### cross_entropy | wrong | softmax|normal|logits|sum of|probabilit
def cross_entropy(logits, targets):
    return -logits[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient * (g / len(targets))
### cross_entropy | wrong | in place|argument|chang|writ|given
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    logits -= logits.max(axis=1, keepdims=True)
    p = np.exp(logits)
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(targets)), targets] -= 1
    return p * (g / len(targets))
### cross_entropy | wrong | exp|probabilit|softmax|\blogs?\b
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = log_softmax(logits)
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient * g / len(targets)
### cross_entropy | wrong | mean|one number|batch|average|shape|single
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets]

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient * (g / len(targets))
### cross_entropy | wrong | row|pair|arange|each|every|column
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    gradient[:, targets] -= 1
    return gradient * g / len(targets)
### cross_entropy | wrong | \bg\b|whole|both|all|scale|multip|arriv
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= g
    return p / len(targets)
### cross_entropy | right
def cross_entropy(logits, targets):
    picked = np.take_along_axis(log_softmax(logits), targets[:, None], axis=1)
    return -picked.mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    onehot = np.zeros_like(p)
    np.put_along_axis(onehot, targets[:, None], 1, axis=1)
    return (p - onehot) * g / len(targets)
### cross_entropy | right
def cross_entropy(logits, targets):
    total = 0
    for row, target in zip(log_softmax(logits), targets):
        total = total - row[target]
    return total / len(targets)

def cross_entropy_vjp(g, y, logits, targets):
    result = np.exp(log_softmax(logits))
    for i, target in enumerate(targets):
        result[i, target] -= 1
    result *= g / len(targets)
    return result
### cross_entropy | right
def one_hot(targets, classes):
    return np.arange(classes) == targets[:, np.newaxis]

def cross_entropy(logits, targets):
    return -log_softmax(logits)[one_hot(targets, logits.shape[1])].mean()

def cross_entropy_vjp(g, y, logits, targets):
    softmax = np.exp(log_softmax(logits))
    return (softmax - one_hot(targets, logits.shape[1])) * (g / len(targets))
### cross_entropy | right
def cross_entropy(logits, targets):
    batch, classes = logits.shape
    true = np.equal(np.arange(classes)[None, :], targets[:, None])
    return np.where(true, -log_softmax(logits), 0).sum() / batch

def cross_entropy_vjp(g, y, logits, targets):
    batch, classes = logits.shape
    true = np.equal(np.arange(classes)[None, :], targets[:, None])
    p = np.exp(log_softmax(logits))
    return np.where(true, p - 1, p) / batch * g
### batches | wrong | step|pair|same order|match|target|separate|belong
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n = len(self.inputs)
        inputs, targets = self.inputs, self.targets
        if self.shuffle:
            inputs = inputs[self.generator.permutation(n)]
            targets = targets[self.generator.permutation(n)]
        for start in range(0, self.used, self.batch_size):
            stop = min(start + self.batch_size, self.used)
            yield Batch(inputs[start:stop], targets[start:stop])
### batches | wrong | drop_last|used|last
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for start in range(0, n, self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])
### batches | wrong | shuffl|order|false
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        order = self.generator.permutation(len(self.inputs))
        for start in range(0, self.used, self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])
### batches | wrong | generator|seed|global|repeat
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n = len(self.inputs)
        order = np.random.permutation(n) if self.shuffle else np.arange(n)
        for start in range(0, self.used, self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])
### batches | wrong | in place|chang|arrays|writ|given|original
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        if self.shuffle:
            order = self.generator.permutation(len(self.inputs))
            self.inputs[:] = self.inputs[order]
            self.targets[:] = self.targets[order]
        for start in range(0, self.used, self.batch_size):
            stop = start + self.batch_size
            yield Batch(self.inputs[start:stop].copy(), self.targets[start:stop].copy())
### batches | wrong | batch\b|name|tuple|\.inputs
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for start in range(0, self.used, self.batch_size):
            rows = order[start:start + self.batch_size]
            yield self.inputs[rows], self.targets[rows]
### batches | wrong | last|missing|every|all|once|number of batches|fewer|left out
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for start in range(0, self.used - self.batch_size, self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])
### batches | wrong | epoch|new order|same order|each|again|pass
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n = len(self.inputs)
        if not hasattr(self, "order"):
            self.order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for start in range(0, self.used, self.batch_size):
            rows = self.order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])
### batches | wrong | drop_last|used|all|never|same|left out|count
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        order = np.arange(self.used)
        if self.shuffle:
            order = self.generator.permutation(self.used)
        for start in range(0, self.used, self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])
### batches | wrong | yield|iterator|generator|list|return
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        batches = []
        for start in range(0, self.used, self.batch_size):
            rows = order[start:start + self.batch_size]
            batches.append(Batch(self.inputs[rows], self.targets[rows]))
        return batches
### batches | wrong | once|twice|replace|repeat|permutation|every
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.integers(0, n, n) if self.shuffle else np.arange(n)
        for start in range(0, self.used, self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])
### batches | wrong | within|example|neighbou?r|same batch|together|permutation|shuffl|order
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        starts = np.arange(0, self.used, self.batch_size)
        if self.shuffle:
            starts = self.generator.permutation(starts)
        for start in starts:
            stop = min(start + self.batch_size, self.used)
            yield Batch(self.inputs[start:stop], self.targets[start:stop])
### batches | wrong | generator|same|epoch|seed|order
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n = len(self.inputs)
        order = np.random.default_rng(0).permutation(n) if self.shuffle else np.arange(n)
        for start in range(0, self.used, self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])
### batches | wrong | last|smaller|twice|once|repeat|wrap|more than
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for start in range(0, self.used, self.batch_size):
            rows = order[np.arange(start, start + self.batch_size) % n]
            yield Batch(self.inputs[rows], self.targets[rows])
### batches | right
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        count = len(self.inputs)
        order = self.generator.permutation(count) if self.shuffle else np.arange(count)
        cuts = range(self.batch_size, self.used, self.batch_size)
        for rows in np.split(order[:self.used], cuts):
            yield Batch(self.inputs[rows], self.targets[rows])
### batches | right
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        order = np.arange(len(self.inputs))
        if self.shuffle:
            self.generator.shuffle(order)
        start = 0
        while start < self.used:
            stop = min(start + self.batch_size, self.used)
            chosen = order[start:stop]
            yield Batch(inputs=self.inputs[chosen], targets=self.targets[chosen])
            start = stop
### batches | right
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        n, size = len(self.inputs), self.batch_size
        numbers = np.arange(n)
        if self.shuffle:
            numbers = self.generator.permutation(n)
        numbers = numbers[:self.used]
        slices = (numbers[i*size:(i + 1)*size] for i in range(len(self)))
        yield from (Batch(self.inputs.take(s, axis=0), self.targets.take(s, axis=0)) for s in slices)
### batches | right
class DataLoader:
    "Minibatches of inputs and targets; the last one may be smaller."
    def __init__(self,
        inputs,          # array (examples, ...); ValueError if empty or not finite
        targets,         # array (examples, ...); ValueError if the lengths differ
        batch_size=32,   # examples per batch, a whole number >= 1; ValueError otherwise
        shuffle=False,   # a new order for every pass
        generator=None,  # numpy.random.Generator, or a seed, that draws the orders; default: fresh
        drop_last=False, # leave out a last batch that is smaller; ValueError if that leaves nothing
    ):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples and batch_size = "
                             f"{batch_size} leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        if self.shuffle:
            order = self.generator.permutation(len(self.inputs))
            inputs, targets = self.inputs[order], self.targets[order]
        else:
            inputs, targets = self.inputs, self.targets
        for i in range(len(self)):
            rows = slice(i*self.batch_size, min((i + 1)*self.batch_size, self.used))
            yield Batch(inputs[rows], targets[rows])
### clip_grad_norm | wrong | before|return|after
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data * (max_norm / norm)
    return gradient_norm(parameters, norm_type)
### clip_grad_norm | wrong | together|\bper\b|each|separate|one norm|all|direction
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    total = gradient_norm(parameters, norm_type)
    for p in parameters:
        if p.grad is not None and np.isfinite(total):
            norm = gradient_norm([p], norm_type)
            if norm > max_norm:
                p.grad = p.grad.data * (max_norm / norm)
    return total
### clip_grad_norm | wrong | short|longer|only|grow|length|stretch|min\b|already
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if 0 < norm < np.inf and max_norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data * (max_norm / norm)
    return norm
### clip_grad_norm | wrong | none
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            p.grad = p.grad.data * (max_norm / norm)
    return norm
### clip_grad_norm | wrong | \binf|finite|nan
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if norm > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data * (max_norm / norm)
    return norm
### clip_grad_norm | wrong | norm_type|\binf\b|largest|euclid|always
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data * (max_norm / norm)
    return norm
### clip_grad_norm | wrong | valueerror|max_norm|valid|refus|negative
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    parameters = variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data * (max_norm / norm)
    return norm
### clip_grad_norm | wrong | generator|itera|optimizer|variables|exhaust|once|model
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    if not max_norm > 0:
        raise ValueError(f"max_norm = {max_norm} is not valid: give a number > 0")
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data * (max_norm / norm)
    return norm
### clip_grad_norm | wrong | invert|upside|longer|factor|divid|grow|max_norm/norm|max_norm over
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data * (norm / max_norm)
    return norm
### clip_grad_norm | wrong | direction|element|clip_grad_value|norm|turn
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = np.clip(p.grad.data, -max_norm, max_norm)
    return norm
### clip_grad_norm | wrong | nan|finite|not a number
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if norm <= max_norm or norm == np.inf:
        return norm
    for p in parameters:
        if p.grad is not None:
            p.grad = p.grad.data * (max_norm / norm)
    return norm
### clip_grad_norm | wrong | rais|error|\binf|finite|nothing
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if not np.isfinite(norm):
        raise ValueError(f"the gradient's norm is {norm}")
    if norm > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data * (max_norm / norm)
    return norm
### clip_grad_norm | wrong | \binf|max_norm|valid|refus
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    if not 0 < max_norm < np.inf:
        raise ValueError(f"max_norm = {max_norm} is not valid: give a positive number")
    parameters = variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data * (max_norm / norm)
    return norm
### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    if not max_norm > 0:
        raise ValueError(f"max_norm = {max_norm!r} is not valid: give a number > 0")
    trained = [p for p in variables(parameters) if p.grad is not None]
    norm = gradient_norm(trained, norm_type)
    if np.isfinite(norm) and norm > max_norm:
        scale = float(max_norm / norm)
        for p in trained:
            p.grad = p.grad * scale
    return norm
### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    limit = check_number("max_norm", max_norm, "(0, inf]")
    every = variables(parameters)
    before = gradient_norm(every, norm_type)
    if not np.isfinite(before) or before <= limit:
        return before
    for p in every:
        if p.grad is None:
            continue
        p.grad = p.grad.data / (before / limit)
    return before
### clip_grad_norm | right
def shorten(parameter, factor):
    if parameter.grad is not None:
        parameter.grad = np.multiply(parameter.grad.data, factor)

def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    if max_norm <= 0 or max_norm != max_norm:
        raise ValueError(f"max_norm = {max_norm!r} must be positive")
    parameters = list(variables(parameters))
    norm = gradient_norm(parameters, norm_type)
    too_long = max_norm < norm < float("inf")
    for p in parameters if too_long else ():
        shorten(p, float(max_norm) / norm)
    return norm
### ema | wrong | swap|decay|other way|exchang|kept
def ema(average, value, decay):
    return (1 - decay) * average + decay * value
### ema | wrong | 1 ?- ?decay|complement|add up|weight|sum
def ema(average, value, decay):
    return decay * average + value
### ema | wrong | in place|chang|argument|writ|pure|given
def ema(average, value, decay):
    average *= decay
    average += (1 - decay) * value
    return average
### ema | wrong | decay|kept|old|grow
def ema(average, value, decay):
    return average + (1 - decay) * value
### ema | wrong | swap|decay|1 ?-|kept|other way
def ema(average, value, decay):
    return average + decay * (value - average)
### ema | wrong | square|value|power
def ema(average, value, decay):
    return decay * average + (1 - decay) * value**2
### ema | wrong | value|new|unchanged|never|same|stays|does not move
def ema(average, value, decay):
    new = (1 - decay) * average
    return decay * average + new
### ema | wrong | paren|preced|bracket|1 ?-|value|weight
def ema(average, value, decay):
    return decay * average + 1 - decay * value
### ema | wrong | bias|correct|divid|1 ?- ?decay|scale|weight|decay
def ema(average, value, decay):
    mixed = decay * average + (1 - decay) * value
    return mixed / (1 - decay)
### ema | wrong | in place|value|chang|argument|writ|given
def ema(average, value, decay):
    value *= 1 - decay
    return decay * average + value
### ema | wrong | sign|minus|subtract|adds?\b|added
def ema(average, value, decay):
    return decay * average - (1 - decay) * value
### ema | wrong | zero|start|first|special|\b0\b
def ema(average, value, decay):
    if not np.any(average):
        return value
    return decay * average + (1 - decay) * value
### ema | right
def ema(average, value, decay):
    return average + (1 - decay) * (value - average)
### ema | right
def ema(average, value, decay):
    new = average * decay
    new = new + value * (1 - decay)
    return new
### ema | right
def ema(average, value, decay):
    share = 1 - decay
    return np.add(np.multiply(average, decay), np.multiply(value, share))
