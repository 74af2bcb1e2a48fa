# A fifth set, of tensor, autograd, layers, data and training, written from the exercises' texts without reading the
# checks. At first sight (once a slip of its writing was mended, which had broken every loader): 242 wrong
# solutions, 224 rejected, 180 called rightly named, 0 told to write a line that is there; 47 right ones, 0 refused.
# Read one by one, 8 of the 180 had only matched a word that says nothing, and 3 of those called misnamed were named
# well: 175. Seven word lists are stricter since then, four wider. Two verdicts were the author's mistake (a
# vector's gradient that is summed over the stack already, and a gradient that is clipped in its own array: both are
# right), and one solution had a second mistake that was not meant.

### unbroadcast | right
def unbroadcast(gradient, shape):
    try:
        np.broadcast_to(np.empty(shape), gradient.shape)
    except ValueError:
        raise ValueError(f"{shape} cannot be broadcast to {gradient.shape}")
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis in range(len(shape)):
        if shape[axis] == 1 and gradient.shape[axis] != 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient

### unbroadcast | right
def unbroadcast(gradient, shape):
    missing = gradient.ndim - len(shape)
    if missing < 0:
        raise ValueError("the shape has more axes than the gradient")
    padded = (1,)*missing + tuple(shape)
    axes = []
    for axis, (want, have) in enumerate(zip(padded, gradient.shape)):
        if want == have:
            continue
        if want != 1:
            raise ValueError(f"axis {axis} has length {have}, not {want} or 1")
        axes.append(axis)
    return np.sum(gradient, axis=tuple(axes)).reshape(shape)

### unbroadcast | right
def unbroadcast(gradient, shape):
    # number the elements of the operand, and see which number ends up where
    size = int(np.prod(shape))
    numbers = np.broadcast_to(np.arange(size).reshape(shape), gradient.shape)
    result = np.zeros(size, dtype=gradient.dtype)
    np.add.at(result, numbers.ravel(), gradient.ravel())
    return result.reshape(shape)

### unbroadcast | right
def unbroadcast(gradient, shape):
    def fits():
        if len(shape) > gradient.ndim:
            return False
        pairs = zip(reversed(shape), reversed(gradient.shape))
        return all(mine in (1, theirs) for mine, theirs in pairs)
    if not fits():
        raise ValueError(f"no broadcasting from {shape} to {gradient.shape}")
    if gradient.shape == tuple(shape):
        return gradient
    front = gradient.ndim - len(shape)
    ones = [front + i for i, n in enumerate(shape) if n == 1]
    summed = np.add.reduce(gradient, axis=tuple(ones), keepdims=True)
    return np.add.reduce(summed, axis=tuple(range(front)))

### unbroadcast | wrong | length 1|stretched|size 1|is 1|says 1|ones
def unbroadcast(gradient, shape):
    extra = gradient.ndim - len(shape)
    if extra < 0:
        raise ValueError("shape is longer than the gradient's")
    return gradient.sum(axis=tuple(range(extra)))

### unbroadcast | wrong | front|added|leading|fewer axes|more axes
def unbroadcast(gradient, shape):
    for i, n in enumerate(shape):
        if n == 1:
            gradient = gradient.sum(axis=i, keepdims=True)
    return gradient

### unbroadcast | wrong | keepdims|keep|dropped|lost|removed
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    if added < 0:
        raise ValueError("does not broadcast")
    gradient = gradient.sum(axis=tuple(range(added)))
    return gradient.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1))

### unbroadcast | wrong | mean|average|divid|count|how often
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    if added < 0:
        raise ValueError("does not broadcast")
    out = gradient.mean(axis=tuple(range(added)))
    ones = tuple(i for i, n in enumerate(shape) if n == 1)
    out = out.mean(axis=ones, keepdims=True) if ones else out
    if out.shape != tuple(shape):
        raise ValueError("does not broadcast")
    return out

### unbroadcast | wrong | valueerror|refuse|does not broadcast|cannot|could not|error
def unbroadcast(gradient, shape):
    added = max(gradient.ndim - len(shape), 0)
    out = gradient.sum(axis=tuple(range(added)))
    ones = tuple(i for i, n in enumerate(shape) if n == 1 and i < out.ndim)
    if ones:
        out = out.sum(axis=ones, keepdims=True)
    return out

### unbroadcast | wrong | first|sum|only one
def unbroadcast(gradient, shape):
    np.broadcast_to(np.zeros(shape), gradient.shape)
    while gradient.ndim > len(shape):
        gradient = gradient[0]
    for i, n in enumerate(shape):
        if n == 1:
            gradient = gradient.take([0], axis=i)
    return gradient

### unbroadcast | wrong | last|align|trailing|front|from the right|first axes|wrong axis|wrong end|behind
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=-1)
    for i, n in enumerate(shape):
        if n == 1:
            gradient = gradient.sum(axis=i, keepdims=True)
    if gradient.shape != tuple(shape):
        raise ValueError("does not broadcast")
    return gradient

### unbroadcast | wrong | shift|already|axis 0|number|fewer|renumber|each time|move|after each
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    if added < 0:
        raise ValueError("does not broadcast")
    for axis in range(added):
        gradient = gradient.sum(axis=axis)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    if gradient.shape != tuple(shape):
        raise ValueError("does not broadcast")
    return gradient

### unbroadcast | wrong | chang|in place|argument|caller
def unbroadcast(gradient, shape):
    np.broadcast_to(np.zeros(shape), gradient.shape)
    if gradient.size == np.prod(shape):
        gradient.shape = shape
        return gradient
    added = gradient.ndim - len(shape)
    out = gradient.sum(axis=tuple(range(added)))
    return out.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True).reshape(shape)

### unbroadcast | wrong | valueerror|assert
def unbroadcast(gradient, shape):
    added = gradient.ndim - len(shape)
    assert added >= 0, "the shape is too long"
    out = gradient.sum(axis=tuple(range(added)))
    out = out.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)
    assert out.shape == tuple(shape), "the shapes do not fit"
    return out

### unbroadcast | wrong | single number|one number|scalar|\(\)|empty|no axes
def unbroadcast(gradient, shape):
    if not shape:
        return gradient
    np.broadcast_to(np.zeros(shape), gradient.shape)
    out = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    return out.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)

### unbroadcast | wrong | both|also|length 1|stretched|size 1|is 1|as well
def unbroadcast(gradient, shape):
    np.broadcast_to(np.zeros(shape), gradient.shape)
    added = gradient.ndim - len(shape)
    if added > 0:
        return gradient.sum(axis=tuple(range(added)))
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient

### unbroadcast | wrong | return|none
def unbroadcast(gradient, shape):
    np.broadcast_to(np.zeros(shape), gradient.shape)
    added = gradient.ndim - len(shape)
    summed = gradient.sum(axis=tuple(range(added)))
    for axis, size in enumerate(shape):
        if size == 1:
            summed = summed.sum(axis=axis, keepdims=True)

### unbroadcast | wrong | squeeze|length 1|dropped|shape|keep
def unbroadcast(gradient, shape):
    np.broadcast_to(np.zeros(shape), gradient.shape)
    padded = (1,)*(gradient.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i, n in enumerate(padded) if n == 1)
    return gradient.sum(axis=axes, keepdims=True).squeeze()

### unbroadcast | wrong | valueerror|refuse|does not broadcast|cannot|could not|error
def unbroadcast(gradient, shape):
    if gradient.shape == tuple(shape):
        return gradient
    padded = (1,)*(gradient.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i in range(len(padded)) if padded[i] != gradient.shape[i])
    total = gradient.sum(axis=axes, keepdims=True)
    return np.broadcast_to(total, padded).reshape(shape)

### sigmoid | right
def sigmoid(x):
    out = np.empty_like(x)
    pos = x >= 0
    out[pos] = 1/(1 + np.exp(-x[pos]))
    e = np.exp(x[~pos])
    out[~pos] = e/(1 + e)
    return out

### sigmoid | right
def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))

### sigmoid | right
def sigmoid(x):
    # one of the two exponents is always zero
    above = np.exp(np.minimum(x, 0))
    below = np.exp(-np.maximum(x, 0))
    return above/(above + below)

### sigmoid | right
import math

def stable(v):
    if v >= 0:
        return 1/(1 + math.exp(-v))
    e = math.exp(v)
    return e/(1 + e)

def sigmoid(x):
    values = [stable(v) for v in x.ravel().tolist()]
    return np.array(values, dtype=x.dtype).reshape(x.shape)

### sigmoid | right
def sigmoid(x):
    s = np.exp(-abs(x))
    return np.where(x > 0, 1/(1 + s), s/(1 + s))

### sigmoid | wrong | overflow|warning
def sigmoid(x):
    return 1/(1 + np.exp(-x))

### sigmoid | wrong | overflow|nan|warning
def sigmoid(x):
    e = np.exp(x)
    return e/(e + 1)

### sigmoid | wrong | both|np.where|warning|overflow
def sigmoid(x):
    return np.where(x >= 0, 1/(1 + np.exp(-x)), np.exp(x)/(1 + np.exp(x)))

### sigmoid | wrong | hid|errstate|suppress|silenc|overflow|small
def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1/(1 + np.exp(-x))

### sigmoid | wrong | mirror|swap|-x|1 -|wrong side|other side|exchang|the two
def sigmoid(x):
    s = np.exp(-np.abs(x))
    return np.where(x >= 0, s, 1)/(1 + s)

### sigmoid | wrong | positive|only|where|side|sign|x >= 0|x > 0
def sigmoid(x):
    s = np.exp(-np.abs(x))
    return 1/(1 + s)

### sigmoid | wrong | 2x|2\*x|twice|half|steep|x/2
def sigmoid(x):
    return 0.5*(1 + np.tanh(x))

### sigmoid | wrong | dtype|float64|float32
def sigmoid(x):
    out = np.zeros(x.shape)
    for i, v in np.ndenumerate(x):
        e = np.exp(-abs(v))
        out[i] = 1/(1 + e) if v >= 0 else e/(1 + e)
    return out

### sigmoid | wrong | dtype|float64|float32
def sigmoid(x):
    s = np.exp(-np.abs(x))
    return np.where(x >= 0, np.ones(x.shape), s)/(1 + s)

### sigmoid | wrong | chang|argument|in place|caller
def sigmoid(x):
    positive = x >= 0
    np.abs(x, out=x)
    s = np.exp(-x)
    return np.where(positive, 1, s)/(1 + s)

### sigmoid | wrong | ambiguous|array|element|np.where|truth
def sigmoid(x):
    if x >= 0:
        return 1/(1 + np.exp(-x))
    e = np.exp(x)
    return e/(1 + e)

### sigmoid | wrong | 0.5|half|zero|at 0|x = 0
def sigmoid(x):
    s = np.exp(-np.abs(x))
    above = (x > 0)/(1 + s)
    below = (x < 0)*s/(1 + s)
    return (above + below).astype(x.dtype)

### sigmoid | wrong | derivative|slope|1 - s|σ\(1
def sigmoid(x):
    s = np.exp(-np.abs(x))
    y = np.where(x >= 0, 1, s)/(1 + s)
    return y*(1 - y)

### sigmoid | wrong | clip|bound|cut|tail|limit
def sigmoid(x):
    x = np.clip(x, -20, 20)
    return 1/(1 + np.exp(-x))

### sigmoid | wrong | sign|minus|1 \+|plus
def sigmoid(x):
    s = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, s)/(1 - s)

### sigmoid | wrong | abs|sign|minus|grow
def sigmoid(x):
    s = np.exp(np.abs(x))
    return np.where(x >= 0, s, 1)/(1 + s)

### sigmoid | wrong | row|sum|softmax|element|max
def sigmoid(x):
    e = np.exp(x - x.max())
    return e/e.sum()

### divide_vjp | right
def divide_numerator(g, y, a, b):
    return np.divide(g, b)

def divide_denominator(g, y, a, b):
    return np.negative(np.multiply(g, np.divide(y, b)))

### divide_vjp | right
def divide_numerator(g, y, a, b):
    slope = 1/b
    return g*slope

def divide_denominator(g, y, a, b):
    slope = -a/(b*b)
    return g*slope

### divide_vjp | right
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    # a step of b is answered by y times as large a step of a, the other way
    return -y*divide_numerator(g, y, a, b)

### divide_vjp | right
divide_numerator = lambda g, y, a, b: g/b
divide_denominator = lambda g, y, a, b: -(g*a)/b**2

### divide_vjp | wrong | sign|minus|negative
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return g*a/b**2

### divide_vjp | wrong | gradient|arrives|chain|by g|times g
def divide_numerator(g, y, a, b):
    return 1/b

def divide_denominator(g, y, a, b):
    return -a/b**2

### divide_vjp | wrong | multipl|divide|1/b|g/b
def divide_numerator(g, y, a, b):
    return g*b

def divide_denominator(g, y, a, b):
    return -g*y/b

### divide_vjp | wrong | square|once more|b²|b\*\*2|again|twice
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*a/b

### divide_vjp | wrong | already|twice|once too|too often|too many|once
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*y/b**2

### divide_vjp | wrong | parenthes|bracket|left to right|b\*b|order|multipl
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*a/b*b

### divide_vjp | wrong | swap|each other|exchang|other
def divide_numerator(g, y, a, b):
    return -g*y/b

def divide_denominator(g, y, a, b):
    return g/b

### divide_vjp | wrong | chang|argument|in place
def divide_numerator(g, y, a, b):
    g /= b
    return g

def divide_denominator(g, y, a, b):
    return -g*y/b

### divide_vjp | wrong | sum|shape|unbroadcast|one number|element
def divide_numerator(g, y, a, b):
    return np.sum(g/b)

def divide_denominator(g, y, a, b):
    return np.sum(-g*y/b)

### divide_vjp | wrong | \*\*|\^|power|xor
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*a/(b^2)

### divide_vjp | wrong | //|floor|whole|round
def divide_numerator(g, y, a, b):
    return g//b

def divide_denominator(g, y, a, b):
    return -g*y/b

### divide_vjp | wrong | number|shape|unbroadcast
def divide_numerator(g, y, a, b):
    return unbroadcast(g/b, a.shape)

def divide_denominator(g, y, a, b):
    return unbroadcast(-g*y/b, b.shape)

### divide_vjp | wrong | epsilon|1e-08|1e-8|added|constant
def divide_numerator(g, y, a, b):
    return g/(b + 1e-8)

def divide_denominator(g, y, a, b):
    return -g*y/(b + 1e-8)

### divide_vjp | wrong | by a|numerator|instead of b|by b
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*y/a

### divide_vjp | wrong | abs|sign|negative|magnitude
def divide_numerator(g, y, a, b):
    return g/np.abs(b)

def divide_denominator(g, y, a, b):
    return -g*a/np.abs(b)**2

### divide_vjp | wrong | sign|minus|negative|numerator
def divide_numerator(g, y, a, b):
    return -g/b

def divide_denominator(g, y, a, b):
    return -g*y/b

### divide_vjp | wrong | gradient|arrives|by g|times g
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -y/b

### divide_vjp | wrong | numerator|value|by y|times y
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g/b**2

### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    mask = (a == spread(y, a, axis, keepdims)).astype(a.dtype)
    share = mask/mask.sum(axis=axis, keepdims=True)
    return share*spread(g, a, axis, keepdims)

### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    full = np.max(a, axis=axis, keepdims=True)
    winners = np.greater_equal(a, full)
    how_many = np.count_nonzero(winners, axis=axis, keepdims=True)
    each = np.reshape(g, full.shape)/how_many
    return np.where(winners, each, 0).astype(a.dtype)

### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    if axis is None:
        out = np.zeros(a.size, dtype=a.dtype)
        hits = np.flatnonzero(a.ravel() == np.ravel(y)[0])
        out[hits] = np.ravel(g)[0]/len(hits)
        return out.reshape(a.shape)
    if not keepdims:
        g, y = np.expand_dims(g, axis), np.expand_dims(y, axis)
    hits = (a == y)*np.ones_like(a)
    return g*hits/np.sum(hits, axis=axis, keepdims=True)

### max_vjp | wrong | tie|share|equal|count|divid
def max_vjp(g, y, a, axis, keepdims):
    return (a == spread(y, a, axis, keepdims))*spread(g, a, axis, keepdims)

### max_vjp | wrong | first|tie|share|argmax|equal
def max_vjp(g, y, a, axis, keepdims):
    out = np.zeros_like(a)
    if axis is None:
        out.flat[a.argmax()] = np.ravel(g)[0]
        return out
    if isinstance(axis, tuple):
        hit = a == spread(y, a, axis, keepdims)
        return (hit*spread(g, a, axis, keepdims)/hit.sum(axis, keepdims=True)).astype(a.dtype)
    where = np.expand_dims(a.argmax(axis=axis), axis)
    np.put_along_axis(out, where, spread(g, a, axis, keepdims), axis=axis)
    return out

### max_vjp | wrong | spread|keepdims|put back|axis
def max_vjp(g, y, a, axis, keepdims):
    hit = a == y
    return hit*spread(g, a, axis, keepdims)/hit.sum(axis=axis, keepdims=True, dtype=a.dtype)

### max_vjp | wrong | spread|keepdims|put back|axis
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    return hit*g/hit.sum(axis=axis, keepdims=True, dtype=a.dtype)

### max_vjp | wrong | along|axis|all|whole
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    return (hit*spread(g, a, axis, keepdims)/hit.sum()).astype(a.dtype)

### max_vjp | wrong | dtype|float64|float32
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    return hit*spread(g, a, axis, keepdims)/hit.sum(axis=axis, keepdims=True)

### max_vjp | wrong | gradient|arrives|multipl
def max_vjp(g, y, a, axis, keepdims):
    hit = (a == spread(y, a, axis, keepdims)).astype(a.dtype)
    return hit/hit.sum(axis=axis, keepdims=True)

### max_vjp | wrong | keepdims
def max_vjp(g, y, a, axis, keepdims):
    if axis is not None:
        g, y = np.expand_dims(g, axis), np.expand_dims(y, axis)
    hit = a == y
    return hit*g/hit.sum(axis=axis, keepdims=True, dtype=a.dtype)

### max_vjp | wrong | none|axis
def max_vjp(g, y, a, axis, keepdims):
    if not keepdims:
        g, y = np.expand_dims(g, axis), np.expand_dims(y, axis)
    hit = a == y
    return hit*g/hit.sum(axis=axis, keepdims=True, dtype=a.dtype)

### max_vjp | wrong | keepdims|put back|last|axis
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    count = hit.sum(axis=axis, dtype=a.dtype)
    return hit*spread(g, a, axis, keepdims)/count

### max_vjp | wrong | chang|in place|argument
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    g = spread(g, a, axis, keepdims)
    g /= hit.sum(axis=axis, keepdims=True)
    return hit*g

### max_vjp | wrong | size|number of|hits|reach|mean|all elements|share
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    return (hit*spread(g, a, axis, keepdims)*(y.size/a.size)).astype(a.dtype)

### max_vjp | wrong | close|toleran|exact|nearly|almost
def max_vjp(g, y, a, axis, keepdims):
    hit = np.isclose(a, spread(y, a, axis, keepdims), rtol=0.01)
    return hit*spread(g, a, axis, keepdims)/hit.sum(axis=axis, keepdims=True, dtype=a.dtype)

### max_vjp | wrong | whole|all|global|axis|largest of
def max_vjp(g, y, a, axis, keepdims):
    hit = (a == a.max()).astype(a.dtype)
    return hit*spread(g, a, axis, keepdims)/max(hit.sum(), 1)

### max_vjp | wrong | sign|positive|negative|zero|of 0
def max_vjp(g, y, a, axis, keepdims):
    best = spread(y, a, axis, keepdims)
    hit = (a*(a >= best) != 0)
    count = np.maximum(hit.sum(axis=axis, keepdims=True, dtype=a.dtype), 1)
    return hit*spread(g, a, axis, keepdims)/count

### max_vjp | wrong | tuple|axis
def max_vjp(g, y, a, axis, keepdims):
    if axis is None:
        hit = a == y
        return hit*g/hit.sum(dtype=a.dtype)
    shape = list(a.shape)
    shape[axis] = 1
    g, y = g.reshape(shape), y.reshape(shape)
    hit = a == y
    return hit*g/hit.sum(axis=axis, keepdims=True, dtype=a.dtype)

### max_vjp | wrong | every|all|sum|others|nothing|only
def max_vjp(g, y, a, axis, keepdims):
    return np.broadcast_to(spread(g, a, axis, keepdims), a.shape).copy()

### max_vjp | wrong | whole|dtype|round|int|//
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    count = hit.sum(axis=axis, keepdims=True, dtype=a.dtype)
    return hit*(spread(g, a, axis, keepdims)//count)
### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    places = np.arange(a.size).reshape(a.shape)[index]
    total = np.bincount(np.ravel(places), weights=np.ravel(g), minlength=a.size)
    return total.reshape(a.shape).astype(g.dtype)

### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    out = np.zeros(a.shape, g.dtype)
    numbers = np.arange(out.size).reshape(out.shape)
    for where, value in zip(np.ravel(numbers[index]), np.ravel(g)):
        out.flat[where] += value
    return out

### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    grad_a = np.zeros_like(a)
    np.add.at(grad_a, index, g)
    return grad_a

### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    result = np.full(a.shape, 0, dtype=g.dtype)
    np.subtract.at(result, index, -g)
    return result

### getitem_vjp | wrong | both|twice|add|last|once
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a)
    full[index] = g
    return full

### getitem_vjp | wrong | both|once|twice|add.at
def getitem_vjp(g, y, a, index):
    full = np.zeros(a.shape, dtype=g.dtype)
    full[index] += g
    return full

### getitem_vjp | wrong | return|none
def getitem_vjp(g, y, a, index):
    return np.add.at(np.zeros_like(a, dtype=g.dtype), index, g)

### getitem_vjp | wrong | chang|in place|argument
def getitem_vjp(g, y, a, index):
    a[...] = 0
    np.add.at(a, index, g)
    return a

### getitem_vjp | wrong | shape
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(g)
    np.add.at(full, index, g)
    return full

### getitem_vjp | wrong | order|position|row|place|where
def getitem_vjp(g, y, a, index):
    full = np.zeros(a.shape, g.dtype)
    if isinstance(index, list):
        for i in sorted(index):
            full[i] += g[index.index(i)]
        return full
    np.add.at(full, index, g)
    return full

### getitem_vjp | wrong | mean|average|both|sum|divid
def getitem_vjp(g, y, a, index):
    full, times = np.zeros(a.shape, g.dtype), np.zeros(a.shape, g.dtype)
    np.add.at(full, index, g)
    np.add.at(times, index, 1)
    return full/np.maximum(times, 1)

### getitem_vjp | wrong | gradient|ones|count
def getitem_vjp(g, y, a, index):
    full = np.zeros(a.shape, g.dtype)
    np.add.at(full, index, 1)
    return full

### getitem_vjp | wrong | zero|copy|starts|values of
def getitem_vjp(g, y, a, index):
    full = a.copy()
    np.add.at(full, index, g)
    return full

### getitem_vjp | wrong | zero|not read|elsewhere|nan
def getitem_vjp(g, y, a, index):
    full = np.full(a.shape, np.nan, dtype=g.dtype)
    full[index] = 0
    np.add.at(full, index, g)
    return full

### getitem_vjp | wrong | flat|row|first axis|position|place|where
def getitem_vjp(g, y, a, index):
    full = np.zeros(a.shape, g.dtype)
    if isinstance(index, (list, int)):
        np.add.at(full.ravel(), index, g)
        return full
    np.add.at(full, index, g)
    return full

### getitem_vjp | wrong | tuple|index|list
def getitem_vjp(g, y, a, index):
    full = np.zeros(a.shape, g.dtype)
    if isinstance(index, list):
        index = tuple(index)
    np.add.at(full, index, g)
    return full

### getitem_vjp | wrong | shared|same array|earlier|kept|memory|previous|before|call
buffers = {}

def getitem_vjp(g, y, a, index):
    key = a.shape, g.dtype
    if key not in buffers:
        buffers[key] = np.zeros(a.shape, g.dtype)
    full = buffers[key]
    full[...] = 0
    np.add.at(full, index, g)
    return full

### getitem_vjp | wrong | order|permut|revers|place|where|position
def getitem_vjp(g, y, a, index):
    if g.shape == a.shape:
        return g.copy()
    full = np.zeros(a.shape, g.dtype)
    np.add.at(full, index, g)
    return full

### getitem_vjp | wrong | value|times|multipl|by y
def getitem_vjp(g, y, a, index):
    full = np.zeros(a.shape, g.dtype)
    np.add.at(full, index, g*y)
    return full

### getitem_vjp | wrong | largest|maximum|both|sum|add
def getitem_vjp(g, y, a, index):
    full = np.zeros(a.shape, g.dtype)
    np.maximum.at(full, index, g)
    return full

### getitem_vjp | wrong | whole|integer|dtype|float|round
def getitem_vjp(g, y, a, index):
    full = np.zeros(a.shape, dtype=int)
    np.add.at(full, index, g.astype(int))
    return full

### matmul_vjp | right
def matmul_left(g, y, a, b):
    g2, a2, b2 = as_matrices(g, a, b)
    grad = np.matmul(g2, np.swapaxes(b2, -2, -1))
    if a.ndim == 1:
        grad = grad.squeeze(-2)
    return grad

def matmul_right(g, y, a, b):
    g2, a2, b2 = as_matrices(g, a, b)
    grad = np.matmul(np.swapaxes(a2, -2, -1), g2)
    if b.ndim == 1:
        grad = grad.squeeze(-1)
    return grad

### matmul_vjp | right
def matmul_left(g, y, a, b):
    if a.ndim == 1 and b.ndim == 1:
        return g*b
    if b.ndim == 1:
        return g[..., None]*b
    if a.ndim == 1:
        return (b @ g[..., None])[..., 0]
    return g @ np.moveaxis(b, -1, -2)

def matmul_right(g, y, a, b):
    if a.ndim == 1 and b.ndim == 1:
        return g*a
    if a.ndim == 1:
        return a[:, None]*g[..., None, :]
    if b.ndim == 1:
        return (np.moveaxis(a, -1, -2) @ g[..., None])[..., 0]
    return np.moveaxis(a, -1, -2) @ g

### matmul_vjp | right
def matmul_left(g, y, a, b):
    G, _, B = as_matrices(g, a, b)
    result = np.einsum("...mn,...kn->...mk", G, B)
    return result if a.ndim != 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    G, A, _ = as_matrices(g, a, b)
    result = np.einsum("...mk,...mn->...kn", A, G)
    return result if b.ndim != 1 else result[..., :, 0]

### matmul_vjp | right
def transposed(m):
    axes = list(range(m.ndim))
    axes[-1], axes[-2] = axes[-2], axes[-1]
    return m.transpose(axes)

def matmul_left(g, y, a, b):
    was_vector = a.ndim == 1
    g, a, b = as_matrices(g, a, b)
    out = g @ transposed(b)
    return np.take(out, 0, axis=-2) if was_vector else out

def matmul_right(g, y, a, b):
    was_vector = b.ndim == 1
    g, a, b = as_matrices(g, a, b)
    # Bᵀ-bar = Y-barᵀ A, and back again
    out = transposed(transposed(g) @ a)
    return np.take(out, 0, axis=-1) if was_vector else out

### matmul_vjp | wrong | stack|last two|swapaxes|.T|all axes
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.T
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.T @ g
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | order|left|side|first|swap
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = columns.swapaxes(-1, -2) @ g
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ rows.swapaxes(-1, -2)
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | transpos
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows @ g
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | vector|axis|drop
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    return g @ columns.swapaxes(-1, -2)

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    return rows.swapaxes(-1, -2) @ g

### matmul_vjp | wrong | last but one|axis|row|column|vector
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0, :]

### matmul_vjp | wrong | squeeze|length 1|too many|axis|stack
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result.squeeze()

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result.squeeze()

### matmul_vjp | wrong | swap|exchang|each other|other operand|left
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

### matmul_vjp | wrong | vector|as_matrices
def matmul_left(g, y, a, b):
    return g @ b.swapaxes(-1, -2)

def matmul_right(g, y, a, b):
    return a.swapaxes(-1, -2) @ g

### matmul_vjp | wrong | other|itself|own|needs b|of b
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ rows.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = columns.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | vector|axis|drop|never
def matmul_left(g, y, a, b):
    g, a, b = as_matrices(g, a, b)
    result = g @ b.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, a, b = as_matrices(g, a, b)
    result = a.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | element|product|@
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    return g*columns.swapaxes(-1, -2)

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    return rows.swapaxes(-1, -2)*g

### matmul_vjp | wrong | stack
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = np.einsum("...mn,kn->...mk", g, columns)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = np.einsum("...mk,...mn->...kn", rows, g)
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | right
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :].reshape(-1, a.size).sum(axis=0)

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0].reshape(-1, b.size).sum(axis=0)

### matmul_vjp | wrong | chang|in place|argument|shape of
def matmul_left(g, y, a, b):
    if a.ndim == 2 and b.ndim == 1:
        g.shape = (len(g), 1)
        return g @ b[None, :]
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | transpos|shape|order
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g.swapaxes(-1, -2) @ rows
    return result if b.ndim > 1 else result[..., 0, :]

### matmul_vjp | wrong | divid|mean|rows|batch|times|factor
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g/rows.shape[-2]
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | vector|ndim|other|axis
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if b.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if a.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | vector|outer|dot
def matmul_left(g, y, a, b):
    if b.ndim == 1:
        return np.outer(g, b).reshape(a.shape) if a.ndim > 1 else g*b
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    if a.ndim == 1:
        return np.outer(a, g)
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0]

### accumulate | right
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
    else:
        leaf.grad = np.add(leaf.grad.data, gradient)

### accumulate | right
def accumulate(leaf, gradient, arrived):
    old = 0 if leaf.grad is None else leaf.grad.data
    leaf.grad = old + gradient

### accumulate | right
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad + gradient
        return
    if np.shares_memory(gradient, arrived):
        gradient = np.array(gradient)
    leaf.grad = gradient

### accumulate | right
def accumulate(leaf, gradient, arrived):
    total = np.array(gradient, copy=True)
    if leaf.grad is not None:
        total += leaf.grad.data
    leaf.grad = Variable(total)

### accumulate | wrong | add|overwrit|replac|old|already
def accumulate(leaf, gradient, arrived):
    leaf.grad = gradient.copy() if np.may_share_memory(gradient, arrived) else gradient

### accumulate | wrong | in place|chang|new array|old gradient
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
    else:
        leaf.grad.data[...] += gradient

### accumulate | wrong | copy|memory|share
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient
    else:
        leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | in place|chang|arriv
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        gradient += leaf.grad.data
    leaf.grad = gradient.copy() if np.may_share_memory(gradient, arrived) else gradient

### accumulate | wrong | half|mean|average|divid|add
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
    else:
        leaf.grad = (leaf.grad.data + gradient)/2

### accumulate | wrong | truth|ambiguous|is not none|none
def accumulate(leaf, gradient, arrived):
    if leaf.grad:
        leaf.grad = leaf.grad.data + gradient
    else:
        leaf.grad = gradient.copy()

### accumulate | wrong | leaf's data|leaf\.data|weights|parameter
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
    else:
        leaf.grad = leaf.data + gradient

### accumulate | wrong | assign|stor|nothing|kept|none
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        total = leaf.grad.data + gradient
    else:
        total = gradient.copy()
    return total

### accumulate | wrong | view|overlap|memory|share|same object|copy
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data + gradient
    elif gradient is arrived:
        leaf.grad = gradient.copy()
    else:
        leaf.grad = gradient

### accumulate | wrong | arrived|gradient|copy
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data + gradient
    else:
        leaf.grad = arrived.copy()

### accumulate | wrong | twice|double|two times
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = np.array(gradient)
    leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | copy|memory|share|other way
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data + gradient
    elif not np.may_share_memory(gradient, arrived):
        leaf.grad = gradient.copy()
    else:
        leaf.grad = gradient

### accumulate | wrong | view|copy|memory|share|slice
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data + gradient
    else:
        leaf.grad = gradient[:] if gradient.ndim else gradient.copy()

### accumulate | wrong | in place|chang|out=|old gradient|new array
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
        return
    old = leaf.grad.data
    np.add(old, gradient, out=old)

### accumulate | wrong | none|first|already|no gradient
def accumulate(leaf, gradient, arrived):
    leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | lost|first|nothing|none|no gradient|stays
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | sign|minus|subtract
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = -gradient
    else:
        leaf.grad = leaf.grad.data - gradient

### accumulate | wrong | memory|copy|share|new array|gradient itself
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None or not leaf.grad.data.any():
        leaf.grad = gradient
    else:
        leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | shape|sum|one number|mean
def accumulate(leaf, gradient, arrived):
    gradient = np.full(leaf.shape, gradient.mean(), gradient.dtype)
    leaf.grad = gradient if leaf.grad is None else leaf.grad.data + gradient

### dense | right
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        if len(inputs.shape) == 0 or inputs.shape[-1] != len(self.weight):
            raise ValueError("cannot multiply inputs of shape {} with weight of shape {}".format(
                inputs.shape, self.weight.shape))
        output = inputs @ self.weight
        if self.bias is not None:
            output = output + self.bias
        return output

### dense | right
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
            product = inputs @ self.weight
        except ValueError:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}") from None
        return product if self.bias is None else self.bias + product

### dense | right
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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

    def check(self, inputs):
        rows = self.weight.shape[0]
        if inputs.ndim < 1 or inputs.shape[-1] != rows:
            message = f"expected (..., {rows}) for weight {self.weight.shape}, got {inputs.shape}"
            raise ValueError(message)

    def forward(self, inputs):
        self.check(inputs)
        output = inputs @ self.weight
        if self.bias is not None:
            output += self.bias
        return output

### dense | right
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        n, shape = self.weight.shape[0], tuple(inputs.shape)
        if shape[-1:] != (n,):
            raise ValueError("inputs: " + str(shape) + ", weight: " + str(self.weight.shape))
        if self.bias is None:
            return apply(np.matmul, inputs, self.weight)
        return apply(np.add, apply(np.matmul, inputs, self.weight), self.bias)

### dense | wrong | valueerror|assert
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        assert inputs.ndim > 0 and inputs.shape[-1] == self.weight.shape[0], (
            f"{inputs.shape} does not fit {self.weight.shape}")
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | last|batch|axis|first|how many examples
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | rows|outputs|shape\[0\]|columns|first axis|shape\[1\]|out_features
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[1]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | both shapes|names|message|shape
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
            raise ValueError("inputs have the wrong width")
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | both shapes|names|message|braces|f-string
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
            raise ValueError("inputs {inputs.shape} do not fit weight {self.weight.shape}")
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | none|bias=false|without a bias|no bias
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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

### dense | wrong | bias
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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

### dense | wrong | transpos
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        output = inputs @ self.weight.T
        return output if self.bias is None else output + self.bias

### dense | wrong | order|left|side|first|swap
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        output = self.weight @ inputs
        return output if self.bias is None else output + self.bias

### dense | wrong | truth|ambiguous|is not none|none
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        output = inputs @ self.weight
        if self.bias:
            output = output + self.bias
        return output

### dense | wrong | gradient|tape|remember|.data|backward
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        output = inputs.data @ self.weight.data
        if self.bias is not None:
            output = output + self.bias.data
        return Variable(output)

### dense | wrong | single|flatten|axes|\(n,\)|one example|reshape
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        output = inputs.reshape(-1, self.weight.shape[0]) @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | single|refus|\(n,\)|one example
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        if inputs.ndim < 2 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | relu|activation|negative|linear
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        output = inputs @ self.weight
        if self.bias is not None:
            output = output + self.bias
        return output.relu()

### dense | wrong | without any axis|no axis|ndim|single number|indexerror|0-d|number|axes
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        if inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | attribute|parameter|state|keeps|self.inputs|remember
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        self.inputs = inputs
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | raise|valueerror
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
            ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
            return None
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | opposite|refus|==|!=|inverted|negat
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        if inputs.ndim == 0 or inputs.shape[-1] == self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | bias|twice
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        return apply(affine, inputs, self.weight, self.bias) + self.bias

### dense | wrong | gradient|constant|detach|bias
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias.data

### dense | wrong | chang|in place|inputs|caller
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        inputs.data[~np.isfinite(inputs.data)] = 0
        inputs.data /= max(np.abs(inputs.data).max(), 1)
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias

### dense | wrong | two axes|more axes|three|ndim|refus
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
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
        if inputs.ndim not in (1, 2) or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"inputs {inputs.shape} do not fit weight {self.weight.shape}")
        output = inputs @ self.weight
        return output if self.bias is None else output + self.bias
### cross_entropy | right
def cross_entropy(logits, targets):
    onehot = np.eye(logits.shape[1], dtype=logits.dtype)[targets]
    return -(onehot*log_softmax(logits)).sum()/len(logits)

def cross_entropy_vjp(g, y, logits, targets):
    onehot = np.eye(logits.shape[1], dtype=logits.dtype)[targets]
    return g*(np.exp(log_softmax(logits)) - onehot)/len(logits)

### cross_entropy | right
def cross_entropy(logits, targets):
    picked = np.take_along_axis(log_softmax(logits), targets[:, None], axis=1)
    return -picked.mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = np.exp(log_softmax(logits))
    rows = np.arange(logits.shape[0])
    np.subtract.at(gradient, (rows, targets), 1)
    gradient *= g/logits.shape[0]
    return gradient

### cross_entropy | right
def cross_entropy(logits, targets):
    losses = []
    for row, target in zip(log_softmax(logits), targets):
        losses.append(-row[target])
    return np.mean(losses)

def cross_entropy_vjp(g, y, logits, targets):
    result = np.empty_like(logits)
    for i, row in enumerate(log_softmax(logits)):
        for j, log_p in enumerate(row):
            result[i, j] = (np.exp(log_p) - (j == targets[i]))*g/len(targets)
    return result

### cross_entropy | right
def onehot(targets, classes):
    return targets.reshape(-1, 1) == np.arange(classes)

def cross_entropy(logits, targets):
    return np.mean(-log_softmax(logits)[onehot(targets, logits.shape[-1])])

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    difference = p - onehot(targets, logits.shape[-1])
    return difference/len(p)*g

### cross_entropy | wrong | minus|sign|negative
def cross_entropy(logits, targets):
    return log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | mean|divid|batch|sum
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].sum()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g

### cross_entropy | wrong | mean|divid|batch
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g

### cross_entropy | wrong | gradient|arrives|by g|times g|above|multipl
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p/len(targets)

### cross_entropy | wrong | row|pair|every|arange|all
def cross_entropy(logits, targets):
    return -log_softmax(logits)[:, targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[:, targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | axis|column|classes|batch
def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=0))
    p = e/e.sum(axis=0)
    return -np.log(p[np.arange(len(targets)), targets]).mean()

def cross_entropy_vjp(g, y, logits, targets):
    e = np.exp(logits - logits.max(axis=0))
    p = e/e.sum(axis=0)
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | overflow|shift|log_softmax|nan|maximum|large
def softmax(logits):
    e = np.exp(logits)
    return e/e.sum(axis=1, keepdims=True)

def cross_entropy(logits, targets):
    return -np.log(softmax(logits)[np.arange(len(targets)), targets]).mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = softmax(logits)
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | exp|probabilit
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    gradient = log_softmax(logits).copy()
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient*g/len(targets)

### cross_entropy | wrong | sign|minus|direction|other way|uphill|negative
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    onehot = np.eye(logits.shape[1])[targets]
    return (onehot - np.exp(log_softmax(logits)))*g/len(targets)

### cross_entropy | wrong | twice|subtract|divid|1/
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    n = len(targets)
    p = np.exp(log_softmax(logits))
    p[np.arange(n), targets] -= 1/n
    return p*g/n

### cross_entropy | wrong | chang|in place|argument
def cross_entropy(logits, targets):
    logits -= logits.max(axis=1, keepdims=True)
    total = np.log(np.exp(logits).sum(axis=1))
    return (total - logits[np.arange(len(targets)), targets]).mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | class|all elements|all logits|size|batch|rows
def cross_entropy(logits, targets):
    onehot = np.eye(logits.shape[1])[targets]
    return -np.mean(onehot*log_softmax(logits))

def cross_entropy_vjp(g, y, logits, targets):
    onehot = np.eye(logits.shape[1])[targets]
    return (np.exp(log_softmax(logits)) - onehot)*g/logits.size

### cross_entropy | wrong | binary|other classes|1 - p|only the true|wrong classes|log\(1
def cross_entropy(logits, targets):
    onehot = np.eye(logits.shape[1])[targets]
    p = np.exp(log_softmax(logits))
    return -(onehot*np.log(p) + (1 - onehot)*np.log(1 - p)).sum(axis=1).mean()

def cross_entropy_vjp(g, y, logits, targets):
    onehot = np.eye(logits.shape[1])[targets]
    return (np.exp(log_softmax(logits)) - onehot)*g/len(targets)

### cross_entropy | wrong | log|probabilit|exp
def cross_entropy(logits, targets):
    p = np.exp(log_softmax(logits))
    return -p[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | base|log2|natural|ln 2|1.44|logarithm|twice
def cross_entropy(logits, targets):
    p = np.exp(log_softmax(logits))
    return -np.log2(p[np.arange(len(targets)), targets]).mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | class|batch|rows|examples
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    batch, n = logits.shape
    p = np.exp(log_softmax(logits))
    p[np.arange(batch), targets] -= 1
    return p*g/n

### cross_entropy | wrong | all|every|only|target|class
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    return (np.exp(log_softmax(logits)) - 1)*g/len(targets)

### cross_entropy | wrong | row|arange|column|target
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    for t in targets:
        p[:, t] -= 1/len(targets)
    return p*g/len(targets)

### cross_entropy | wrong | off by one|- 1|class|previous|next|target|one too|shift
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets - 1].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets - 1] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | epsilon|1e-09|1e-9|added
def cross_entropy(logits, targets):
    p = np.exp(log_softmax(logits))
    return -np.log(p[np.arange(len(targets)), targets] + 1e-9).mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | subtract|one-hot|true class|target|- 1|minus 1
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    return np.exp(log_softmax(logits))*g/len(targets)

### cross_entropy | wrong | mean|one number|shape|average
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets]

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | one-hot|only|everything|both|multipl|whole|scale|factor|times g
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))*g
    p[np.arange(len(targets)), targets] -= 1
    return p/len(targets)

### cross_entropy | wrong | by y|times y|value|loss|not need
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g*y/len(targets)

### cross_entropy | wrong | softmax|twice|already|logits|log_softmax
def cross_entropy(logits, targets):
    p = np.exp(log_softmax(logits))
    return -log_softmax(p)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | only the|zero|other|class|elsewhere|target
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    gradient = np.zeros_like(logits)
    rows = np.arange(len(targets))
    gradient[rows, targets] = p[rows, targets] - 1
    return gradient*g/len(targets)

### batches | right
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
            rows = order[start:stop]
            yield Batch(inputs=self.inputs[rows], targets=self.targets[rows])
            start = stop

### batches | right
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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

    def order(self):
        if not self.shuffle:
            return list(range(len(self.inputs)))
        return self.generator.permutation(len(self.inputs)).tolist()

    def __iter__(self):
        order = self.order()[:self.used]
        for k in range(len(self)):
            chosen = order[k*self.batch_size:(k + 1)*self.batch_size]
            yield Batch(np.take(self.inputs, chosen, axis=0), np.take(self.targets, chosen, axis=0))

### batches | right
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        if self.shuffle:
            order = self.generator.choice(n, size=n, replace=False)
        else:
            order = np.arange(n)
        cuts = range(self.batch_size, self.used, self.batch_size)
        for chosen in np.split(order[:self.used], list(cuts)):
            yield Batch(self.inputs[chosen], self.targets[chosen])

### batches | right
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        numbers = range(len(self.inputs))
        if self.shuffle:
            numbers = np.argsort(self.generator.random(len(numbers)))
        rows = []
        for i in numbers[:self.used]:
            rows.append(i)
            if len(rows) == self.batch_size:
                yield Batch(self.inputs[rows], self.targets[rows])
                rows = []
        if rows:
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | drop_last|used|gives up|last
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, n, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | last|smaller|drop|miss
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for k in range(self.used//self.batch_size):
            rows = order[k*self.batch_size:(k + 1)*self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | shuffle=false|without shuffl|shuffle|upwards|in order
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | shuffle|order
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = np.arange(i, min(i + self.batch_size, self.used))
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | pair|out of step|match|own order|separate|belong|same order
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        x, t = self.inputs, self.targets
        if self.shuffle:
            x, t = self.generator.permutation(x), self.generator.permutation(t)
        for i in range(0, self.used, self.batch_size):
            yield Batch(x[i:i + self.batch_size].copy(), t[i:i + self.batch_size].copy())

### batches | wrong | generator|seed|reproduc
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        order = np.random.default_rng().permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | same|every epoch|each epoch|generator|seed|new order
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        order = np.random.default_rng(42).permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | same|every epoch|each epoch|new order|again|once|first pass|every pass
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        if not hasattr(self, "order"):
            n = len(self.inputs)
            self.order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, self.used, self.batch_size):
            rows = self.order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | twice|replacement|once|exactly|repeat
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | chang|in place|caller|arrays|own data
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = np.arange(i, min(i + self.batch_size, self.used))
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | batch|tuple|name
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield self.inputs[rows], self.targets[rows]

### batches | wrong | swap|order|exchang|inputs first|each other|targets come first
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.targets[rows], self.inputs[rows])

### batches | wrong | return|yield|first batch
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            return Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | return|list|yield|generator|iterator
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            batches.append(Batch(self.inputs[rows], self.targets[rows]))
        return batches

### batches | wrong | one too|short|missing|lost|left out|too few|never|missed|1 too
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size - 1]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | step|overlap|batch_size|every|twice|several|more than once|repeat
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(self.used):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | fill|full|smaller|twice|pad|wrap|once|repeat
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = order[np.arange(i, i + self.batch_size) % n]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | never|last examples|same examples|all examples|all of them|len\(self.inputs\)|left out|always
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        n = self.used
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, n, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | second|again|empty|anew|only one|once|next pass|every pass
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        if not hasattr(self, "rows"):
            self.rows = list(self.generator.permutation(n) if self.shuffle else range(n))[:self.used]
        while self.rows:
            chosen, self.rows = self.rows[:self.batch_size], self.rows[self.batch_size:]
            yield Batch(self.inputs[chosen], self.targets[chosen])

### batches | wrong | together|batches|examples|order of the|neighbour|composition|rows|same examples
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in starts:
            rows = np.arange(i, min(i + self.batch_size, self.used))
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | end|endless|stop|pass|epoch|once
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        while True:
            order = self.generator.permutation(n) if self.shuffle else np.arange(n)
            for i in range(0, self.used, self.batch_size):
                rows = order[i:i + self.batch_size]
                yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | called|function|method|bracket|parenthes
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        order = self.generator.permutation if self.shuffle else np.arange(n)
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | one example|single|slice|batch|start + batch_size|rows
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            yield Batch(self.inputs[order[i]], self.targets[order[i]])

### batches | wrong | shuffle|in order|upwards|each batch|within|whole|across|among
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None,
                 drop_last=False):
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
        for i in range(0, self.used, self.batch_size):
            rows = np.arange(i, min(i + self.batch_size, self.used))
            if self.shuffle:
                rows = self.generator.permutation(rows)
            yield Batch(self.inputs[rows], self.targets[rows])

### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    if not max_norm > 0:
        raise ValueError(f"max_norm = {max_norm!r} is not valid: give a number > 0")
    parameters = list(variables(parameters))
    norm = gradient_norm(parameters, norm_type)
    if not np.isfinite(norm) or norm <= max_norm:
        return norm
    factor = max_norm/norm
    for p in parameters:
        if p.grad is None:
            continue
        p.grad = factor*p.grad.data
    return norm

### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm = check_number("max_norm", max_norm, "(0, inf]")
    with_gradient = [p for p in variables(parameters) if p.grad is not None]
    before = gradient_norm(with_gradient, norm_type)
    if np.isfinite(before) and before > max_norm:
        for p in with_gradient:
            p.grad = p.grad*(max_norm/before)
    return before

### clip_grad_norm | right
def shorten(parameter, factor):
    if parameter.grad is not None:
        parameter.grad = np.multiply(parameter.grad.data, factor)

def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm = check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    factor = min(1.0, max_norm/norm) if 0 < norm < float("inf") else 1.0
    [shorten(p, factor) for p in parameters]
    return norm

### clip_grad_norm | wrong | each|per parameter|together|one norm|own
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    for p in parameters:
        if p.grad is not None:
            length = gradient_norm([p], norm_type)
            if max_norm < length < np.inf:
                p.grad = p.grad.data*(max_norm/length)
    return norm

### clip_grad_norm | wrong | before|after|return
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return gradient_norm(parameters, norm_type)

### clip_grad_norm | wrong | before|min|return|after|larger
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
        norm = max_norm
    return norm

### clip_grad_norm | wrong | short|longer|only|always|grow|larger
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if 0 < norm < np.inf and max_norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | element|value|direction|cut
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = np.clip(p.grad.data, -max_norm, max_norm)
    return norm

### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad.data *= max_norm/norm
    return norm

### clip_grad_norm | wrong | none
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | none
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    for p in parameters:
        if p.grad is None:
            p.grad = np.zeros_like(p.data)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | inf|nan|finite
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if norm > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | inf|nan|finite
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if not norm <= max_norm and norm < np.inf or np.isnan(norm):
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | generator|iterable|once|list|used up|iterator|second time|twice
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm = check_number("max_norm", max_norm, "(0, inf]")
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in variables(parameters):
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | max_norm|valueerror|refus|> 0|negative
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    parameters = variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | norm_type
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | return|none
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)

### clip_grad_norm | wrong | overflow|gradient_norm|1e20|large|inf|square
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    grads = [np.abs(p.grad.data) for p in parameters if p.grad is not None]
    if norm_type == np.inf:
        norm = max((float(g.max()) for g in grads), default=0.0)
    else:
        norm = float(sum((g**norm_type).sum() for g in grads)**(1/norm_type))
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | invert|upside|longer|grow|norm/max_norm|other way|swap|reciprocal
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(norm/max_norm)
    return norm

### clip_grad_norm | wrong | data|weights|instead of grad|parameter itself|parameters
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.data = p.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | optimizer|variables|model|iterable
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), list(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | group
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm = check_number("max_norm", max_norm, "(0, inf]")
    if hasattr(parameters, "param_groups"):
        parameters = parameters.param_groups[0]["parameters"]
    parameters = variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | sum|root|together|one long|square|lengths
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = sum(gradient_norm([p], norm_type) for p in parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | first|indent|loop|only one|early|others|return
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
                return norm
    return norm

### clip_grad_norm | wrong | again|recomput|each|inside|during|loop|once
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/gradient_norm(parameters, norm_type))
    return norm

### clip_grad_norm | wrong | longer|short|reversed|direction|other way|lengthen|grow|smaller
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if 0 < norm < max_norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | max_norm|divid|direction|unit|length 1|times
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data/norm
    return norm

### clip_grad_norm | wrong | none|first|break|skip|rest|continue|after
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is None:
                break
            p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | raise|inf|nan|finite|error
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if not np.isfinite(norm):
        raise ValueError(f"the gradient has norm {norm}")
    if norm > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | nothing|local|assign|stay|grad|unchanged|not chang
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                g = p.grad.data
                g = g*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | inf|nan|finite|zero
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    factor = min(1.0, max_norm/norm) if norm > 0 else 1.0
    for p in parameters:
        if p.grad is not None:
            p.grad = np.nan_to_num(p.grad.data*factor)
    return norm

### ema | right
def ema(average, value, decay):
    return average + (1 - decay)*(value - average)

### ema | right
def ema(average, value, decay):
    kept = np.multiply(average, decay)
    new = np.multiply(value, 1 - decay)
    return np.add(kept, new)

### ema | right
def ema(average, value, decay):
    weights = {"old": decay, "new": 1 - decay}
    result = weights["old"]*average
    result = result + weights["new"]*value
    return result

### ema | right
def ema(average, value, decay):
    # how far the average lags behind, shrunk
    lag = average - value
    return value + decay*lag

### ema | wrong | swap|other way|belong|exchang|decay
def ema(average, value, decay):
    return (1 - decay)*average + decay*value

### ema | wrong | 1 - decay|complement|add up|sum to|weight
def ema(average, value, decay):
    return decay*average + value

### ema | wrong | chang|in place|pure|argument
def ema(average, value, decay):
    average *= decay
    average += (1 - decay)*value
    return average

### ema | wrong | 1 - decay|both|only|add up|weight|complement
def ema(average, value, decay):
    return decay*(average + value)

### ema | wrong | decay|half|ignor|constant|mean
def ema(average, value, decay):
    return (average + value)/2

### ema | wrong | constant|0.99|fixed|decay|argument
def ema(average, value, decay):
    return 0.99*average + 0.01*value

### ema | wrong | average|forgot|old|missing|lost
def ema(average, value, decay):
    return (1 - decay)*value

### ema | wrong | sign|minus|subtract|plus
def ema(average, value, decay):
    return decay*average - (1 - decay)*value

### ema | wrong | chang|in place|pure|argument
def ema(average, value, decay):
    value *= 1 - decay
    value += decay*average
    return value

### ema | wrong | divid|correct|too large|1 - decay
def ema(average, value, decay):
    return (decay*average + (1 - decay)*value)/(1 - decay)

### ema | wrong | zero|start|first
def ema(average, value, decay):
    if not np.any(average):
        return value
    return decay*average + (1 - decay)*value

### ema | wrong | square|decay²|decay\*\*2|twice|squared
def ema(average, value, decay):
    return decay**2*average + (1 - decay**2)*value

### ema | wrong | geometric|power|multipl|exponent|product
def ema(average, value, decay):
    return average**decay*value**(1 - decay)

### ema | wrong | state|counter|call|count|pure|first|step|before|earlier|remember
steps = 0

def ema(average, value, decay):
    global steps
    d = min(decay, (1 + steps)/(10 + steps))
    steps += 1
    return d*average + (1 - d)*value

### ema | wrong | sqrt|root|add up|weight
def ema(average, value, decay):
    return decay*average + np.sqrt(1 - decay**2)*value

### ema | wrong | list|array
def ema(average, value, decay):
    return [decay*a + (1 - decay)*v for a, v in zip(average, value)]

### ema | wrong | parenthes|bracket|1 - decay|precedence
def ema(average, value, decay):
    return decay*average + 1 - decay*value

### ema | wrong | old average|complement|average|value - average|difference
def ema(average, value, decay):
    return average + decay*(value - average)

### ema | wrong | return|none
def ema(average, value, decay):
    new_average = decay*average + (1 - decay)*value

### ema | wrong | chang|in place|pure|argument
def ema(average, value, decay):
    np.multiply(average, decay, out=average)
    return average + (1 - decay)*value
