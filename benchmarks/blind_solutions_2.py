# ruff: noqa
"""A second set for blind.py, by another hand and again without reading the catalogue, in the first set's format.

Measured before anything was changed: of 271 wrong ones 263 rejected, 245 rightly named, one told to write a line that
was there; of 63 right ones 3 refused. Then four verdicts of the author were put right: clipping in place is allowed;
NumPy's power of plain numbers makes float64, and two used a module that the lesson does not import where it exports. So
none of the right ones was refused. Six lists of words were too narrow for a diagnosis that was right. Later one of the
right became wrong: the sigmoid by way of tanh is 0 for x = -20 in float32, and (0, 1) is what its signature says."""

### unbroadcast | right
def unbroadcast(gradient, shape):
    shape = tuple(shape)
    if np.broadcast_shapes(gradient.shape, shape) != gradient.shape:
        raise ValueError(f"{shape} cannot become {gradient.shape}")
    padded = (1,)*(gradient.ndim - len(shape)) + shape
    axes = tuple(k for k in range(gradient.ndim) if padded[k] == 1 and gradient.shape[k] != 1)
    return gradient.sum(axis=axes, keepdims=True).reshape(shape)

### unbroadcast | right
def unbroadcast(gradient, shape):
    result = gradient
    diff = result.ndim - len(shape)
    if diff < 0:
        raise ValueError("too many axes in shape " + str(shape))
    for _ in range(diff):
        result = result.sum(0)
    for axis in range(len(shape)):
        if shape[axis] == 1:
            result = result.sum(axis, keepdims=True)
        elif shape[axis] != result.shape[axis]:
            raise ValueError("axis %d does not fit" % axis)
    return result

### unbroadcast | wrong | last|front|leading|first
def unbroadcast(gradient, shape):
    np.broadcast_to(np.empty(shape), gradient.shape)
    g = gradient
    while g.ndim > len(shape):
        g = g.sum(axis=-1)
    for i in range(len(shape)):
        if shape[i] == 1:
            g = g.sum(axis=i, keepdims=True)
    return g

### unbroadcast | wrong | max|sum
def unbroadcast(gradient, shape):
    np.broadcast_to(np.empty(shape), gradient.shape)
    g = gradient
    while g.ndim > len(shape):
        g = g.max(axis=0)
    for i in range(len(shape)):
        if shape[i] == 1:
            g = g.max(axis=i, keepdims=True)
    return g

### unbroadcast | wrong | sum|first|slice|picks
def unbroadcast(gradient, shape):
    np.broadcast_to(np.empty(shape), gradient.shape)
    g = gradient
    while g.ndim > len(shape):
        g = g[0]
    for i, n in enumerate(shape):
        if n == 1:
            g = np.take(g, [0], axis=i)
    return g

### unbroadcast | wrong | returns? None|no return|return
def unbroadcast(gradient, shape):
    np.broadcast_to(np.empty(shape), gradient.shape)
    g = gradient
    for _ in range(gradient.ndim - len(shape)):
        g = g.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            g = g.sum(axis=i, keepdims=True)

### unbroadcast | wrong | all|everything|whole|single
def unbroadcast(gradient, shape):
    np.broadcast_to(np.empty(shape), gradient.shape)
    return np.full(shape, gradient.sum())

### unbroadcast | wrong | ValueError|refuse|AssertionError
def unbroadcast(gradient, shape):
    assert np.broadcast_shapes(gradient.shape, shape) == gradient.shape, "does not fit"
    extra = gradient.ndim - len(shape)
    g = gradient.sum(axis=tuple(range(extra)))
    return g.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)

### unbroadcast | wrong | shape|\(\)|scalar|single number|0
def unbroadcast(gradient, shape):
    np.broadcast_to(np.empty(shape), gradient.shape)
    if shape == ():
        return gradient
    extra = gradient.ndim - len(shape)
    g = gradient.sum(axis=tuple(range(extra)))
    return g.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)

### sigmoid | right
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e)/(1 + e)

### sigmoid | wrong | tiny|tanh
def sigmoid(x):
    return (np.tanh(x/2) + 1)/2

### sigmoid | wrong | overflow
def sigmoid(x):
    return np.exp(x)/(np.exp(x) + 1)

### sigmoid | wrong | overflow|warning|both
def sigmoid(x):
    with np.errstate(over="ignore"):
        return np.where(x > 0, 1/(1 + np.exp(-x)), np.exp(x)/(1 + np.exp(x)))

### sigmoid | wrong | dtype|float64|float32
def sigmoid(x):
    out = np.zeros(x.shape)
    pos = x >= 0
    out[pos] = 1/(1 + np.exp(-x[pos]))
    ex = np.exp(x[~pos])
    out[~pos] = ex/(1 + ex)
    return out

### sigmoid | wrong | clip
def sigmoid(x):
    x = np.clip(x, -20, 20)
    return 1/(1 + np.exp(-x))

### sigmoid | wrong | sign|mirror|1 - |falls|wrong way
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, e, 1)/(1 + e)

### sigmoid | wrong | tanh|half|x/2
def sigmoid(x):
    return (np.tanh(x) + 1)/2

### sigmoid | wrong | argument|changes|in place|given
def sigmoid(x):
    negative = x < 0
    x[negative] = -x[negative]
    e = np.exp(-x)
    return np.where(negative, e, 1)/(1 + e)

### sigmoid | wrong | array|element|truth|if
def sigmoid(x):
    if x >= 0:
        return 1/(1 + np.exp(-x))
    return np.exp(x)/(1 + np.exp(x))

### sigmoid | wrong | math|array|NumPy
def sigmoid(x):
    import math
    return 1/(1 + math.exp(-x))

### divide_vjp | right
def divide_numerator(g, y, a, b):
    return g*(1/b)

def divide_denominator(g, y, a, b):
    return -g*a/b**2

### divide_vjp | right
def divide_numerator(g, y, a, b):
    return np.divide(g, b)

def divide_denominator(g, y, a, b):
    inner = np.negative(y)
    return inner*g/b

### divide_vjp | wrong | sign|minus|negative
def divide_numerator(g, y, a, b):
    return -g/b

def divide_denominator(g, y, a, b):
    return -g*y/b

### divide_vjp | wrong | square|b\*\*2|b²|twice|y/b|again
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*a/b

### divide_vjp | wrong | gradient|arriv|above
def divide_numerator(g, y, a, b):
    return 1/b

def divide_denominator(g, y, a, b):
    return -a/b**2

### divide_vjp | wrong | square|b\*\*2|y/b|once|b²|cube|divided
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*y/b**2

### divide_vjp | wrong | \^|power|\*\*
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*a/(b^2)

### divide_vjp | wrong | swapped|exchanged|other
def divide_numerator(g, y, a, b):
    return -g*a/(b*b)

def divide_denominator(g, y, a, b):
    return g/b

### divide_vjp | wrong | product|multipl|divide
def divide_numerator(g, y, a, b):
    return g*b

def divide_denominator(g, y, a, b):
    return g*a

### divide_vjp | wrong | in place|argument|given|chang
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    g *= -y
    return g/b

### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    g = spread(g, a, axis, keepdims)
    top = spread(y, a, axis, keepdims)
    winners = (a == top)
    count = winners.sum(axis=axis, keepdims=True)
    return np.where(winners, g/count, 0).astype(a.dtype)

### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    best = a.max(axis=axis, keepdims=True)
    mask = np.equal(a, best).astype(a.dtype)
    mask /= mask.sum(axis=axis, keepdims=True)
    return mask*spread(g, a, axis, keepdims)

### max_vjp | wrong | share|equal|tie|first
def max_vjp(g, y, a, axis, keepdims):
    result = np.zeros_like(a)
    if axis is None:
        result.flat[a.argmax()] = np.asarray(g).reshape(-1)[0]
        return result
    if isinstance(axis, tuple):
        mask = a == a.max(axis=axis, keepdims=True)
        return (mask/mask.sum(axis=axis, keepdims=True)*spread(g, a, axis, keepdims)).astype(a.dtype)
    where = np.expand_dims(a.argmax(axis=axis), axis)
    np.put_along_axis(result, where, spread(g, a, axis, keepdims), axis)
    return result

### max_vjp | wrong | share|equal|count|full|whole
def max_vjp(g, y, a, axis, keepdims):
    is_max = a == spread(y, a, axis, keepdims)
    return (is_max*spread(g, a, axis, keepdims)).astype(a.dtype)

### max_vjp | wrong | axis|all|whole|count
def max_vjp(g, y, a, axis, keepdims):
    is_max = a == spread(y, a, axis, keepdims)
    return (is_max/is_max.sum()*spread(g, a, axis, keepdims)).astype(a.dtype)

### max_vjp | wrong | dtype|float64|float32
def max_vjp(g, y, a, axis, keepdims):
    is_max = a == spread(y, a, axis, keepdims)
    return is_max.astype(float)/is_max.sum(axis=axis, keepdims=True)*spread(g, a, axis, keepdims)

### max_vjp | wrong | zero|nothing|every|all
def max_vjp(g, y, a, axis, keepdims):
    return np.broadcast_to(spread(g, a, axis, keepdims), a.shape).astype(a.dtype)

### max_vjp | wrong | spread|axis|keepdims|broadcast|removed
def max_vjp(g, y, a, axis, keepdims):
    m = a.max(axis=axis, keepdims=True)
    mask = (a == m)
    return (mask*g/mask.sum(axis=axis, keepdims=True)).astype(a.dtype)

### max_vjp | wrong | smallest|min|others|all .*but the largest|not the largest|<
def max_vjp(g, y, a, axis, keepdims):
    mask = a < spread(y, a, axis, keepdims)
    n = np.maximum(mask.sum(axis=axis, keepdims=True), 1)
    return (mask*spread(g, a, axis, keepdims)/n).astype(a.dtype)

### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    result = np.zeros(a.shape, dtype=a.dtype)
    np.add.at(result, index, g)
    return result

### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    numbers = np.arange(a.size).reshape(a.shape)[index]
    grad = np.bincount(np.ravel(numbers), np.broadcast_to(g, np.shape(numbers)).ravel(), minlength=a.size)
    return grad.reshape(a.shape).astype(a.dtype)

### getitem_vjp | wrong | twice|both|repeated|add
def getitem_vjp(g, y, a, index):
    da = 0*a
    da[index] = g
    return da

### getitem_vjp | wrong | twice|both|repeated|add\.at|buffer
def getitem_vjp(g, y, a, index):
    da = np.zeros_like(a)
    da[index] = da[index] + g
    return da

### getitem_vjp | wrong | zeros|copy|starts?|argument|in place
def getitem_vjp(g, y, a, index):
    np.add.at(a, index, g)
    return a

### getitem_vjp | wrong | zeros|start|a itself|a's values|copy
def getitem_vjp(g, y, a, index):
    out = a.copy()
    np.add.at(out, index, g)
    return out

### getitem_vjp | wrong | shape|read
def getitem_vjp(g, y, a, index):
    out = np.zeros_like(y)
    out += g
    return out

### getitem_vjp | wrong | None|return
def getitem_vjp(g, y, a, index):
    out = np.zeros_like(a)
    return np.add.at(out, index, g)

### getitem_vjp | wrong | dtype|float
def getitem_vjp(g, y, a, index):
    out = np.zeros(a.shape)
    np.add.at(out, index, g)
    return out

### getitem_vjp | wrong | value|gradient
def getitem_vjp(g, y, a, index):
    out = np.zeros_like(a)
    np.add.at(out, index, y)
    return out

### matmul_vjp | right
def matmul_left(g, y, a, b):
    G, A, B = as_matrices(g, a, b)
    out = np.matmul(G, np.swapaxes(B, -2, -1))
    return out[..., 0, :] if a.ndim == 1 else out

def matmul_right(g, y, a, b):
    G, A, B = as_matrices(g, a, b)
    out = np.matmul(np.swapaxes(A, -2, -1), G)
    return out[..., 0] if b.ndim == 1 else out

### matmul_vjp | right
def matmul_left(g, y, a, b):
    g2, a2, b2 = as_matrices(g, a, b)
    left = np.einsum("...ij,...kj->...ik", g2, b2)
    if a.ndim == 1:
        left = left.squeeze(-2)
    return left

def matmul_right(g, y, a, b):
    g2, a2, b2 = as_matrices(g, a, b)
    right = np.einsum("...ki,...kj->...ij", a2, g2)
    if b.ndim == 1:
        right = right.squeeze(-1)
    return right

### matmul_vjp | wrong | stack|\.T|last two|all axes
def matmul_left(g, y, a, b):
    g, A, B = as_matrices(g, a, b)
    out = g @ B.T
    return out[..., 0, :] if a.ndim == 1 else out

def matmul_right(g, y, a, b):
    g, A, B = as_matrices(g, a, b)
    out = A.T @ g
    return out[..., 0] if b.ndim == 1 else out

### matmul_vjp | wrong | transpos
def matmul_left(g, y, a, b):
    g, A, B = as_matrices(g, a, b)
    out = g @ B
    return out[..., 0, :] if a.ndim == 1 else out

def matmul_right(g, y, a, b):
    g, A, B = as_matrices(g, a, b)
    out = A @ g
    return out[..., 0] if b.ndim == 1 else out

### matmul_vjp | wrong | vector|axis|drop
def matmul_left(g, y, a, b):
    g, a, b = as_matrices(g, a, b)
    out = g @ b.swapaxes(-1, -2)
    return out[..., 0, :] if a.ndim == 1 else out

def matmul_right(g, y, a, b):
    g, a, b = as_matrices(g, a, b)
    out = a.swapaxes(-1, -2) @ g
    return out[..., 0] if b.ndim == 1 else out

### matmul_vjp | wrong | order|transpos|left
def matmul_left(g, y, a, b):
    g, A, B = as_matrices(g, a, b)
    out = B.swapaxes(-1, -2) @ g
    return out[..., 0, :] if a.ndim == 1 else out

def matmul_right(g, y, a, b):
    g, A, B = as_matrices(g, a, b)
    out = g @ A.swapaxes(-1, -2)
    return out[..., 0] if b.ndim == 1 else out

### matmul_vjp | wrong | element|@|product
def matmul_left(g, y, a, b):
    return g * b

def matmul_right(g, y, a, b):
    return g * a

### matmul_vjp | wrong | axis|vector|drop|row|column
def matmul_left(g, y, a, b):
    g, A, B = as_matrices(g, a, b)
    out = g @ B.swapaxes(-1, -2)
    return out[..., 0] if a.ndim == 1 else out

def matmul_right(g, y, a, b):
    g, A, B = as_matrices(g, a, b)
    out = A.swapaxes(-1, -2) @ g
    return out[..., 0, :] if b.ndim == 1 else out

### matmul_vjp | wrong | vector|as_matrices|stack|dim
def matmul_left(g, y, a, b):
    return g @ np.swapaxes(b, -1, -2)

def matmul_right(g, y, a, b):
    return np.swapaxes(a, -1, -2) @ g

### accumulate | right
def accumulate(leaf, gradient, arrived):
    old = leaf.grad
    if old is not None:
        leaf.grad = old.data + gradient
    elif np.shares_memory(gradient, arrived):
        leaf.grad = np.array(gradient)
    else:
        leaf.grad = gradient

### accumulate | right
def accumulate(leaf, gradient, arrived):
    before = 0 if leaf.grad is None else leaf.grad.data
    leaf.grad = (before + gradient).astype(gradient.dtype)

### accumulate | wrong | in place|\+=|old|shared|kept
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
    else:
        g = leaf.grad.data
        g += gradient

### accumulate | wrong | adds?|replac|overwr|lost
def accumulate(leaf, gradient, arrived):
    leaf.grad = gradient.copy() if gradient is arrived else gradient

### accumulate | wrong | copy|memory|shared|share
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient
    else:
        leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | in place|\+=|changed|argument|arriv
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        gradient += leaf.grad.data
    leaf.grad = gradient.copy()

### accumulate | wrong | twice|double
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
    leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | None|first
def accumulate(leaf, gradient, arrived):
    leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | keeps the first|add|second|later|only
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()

### accumulate | wrong | mean|average|half|add
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
    else:
        leaf.grad = (leaf.grad.data + gradient)/2

### accumulate | wrong | memory|view|copy|shares?
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy() if gradient is arrived else gradient
    else:
        leaf.grad = leaf.grad.data + gradient

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
        n = self.weight.shape[0]
        if inputs.ndim == 0 or inputs.shape[-1] != n:
            raise ValueError(f"inputs of shape {inputs.shape} for a weight of shape {self.weight.shape}")
        z = inputs @ self.weight
        if self.bias is None:
            return z
        return z + self.bias

### dense | wrong | bias
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape} do not fit")
        if self.bias:
            return inputs @ self.weight + self.bias
        return inputs @ self.weight

### dense | wrong | single example|\(n,\)|shape\[1\]|last axis|one example
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def forward(self, inputs):
        if inputs.shape[1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape} do not fit")
        out = inputs @ self.weight
        return out if self.bias is None else out + self.bias

### dense | wrong | gradient|tape|\.data|Variable
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape} do not fit")
        out = inputs.data @ self.weight.data
        if self.bias is not None:
            out = out + self.bias.data
        return Variable(out)

### dense | wrong | both shapes|names|message|shape
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError("wrong input size")
        out = inputs @ self.weight
        return out if self.bias is None else out + self.bias

### dense | wrong | minus|subtract|sign
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape} do not fit")
        out = inputs @ self.weight
        return out if self.bias is None else out - self.bias

### dense | wrong | ReLU|relu|negative|activation
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape} do not fit")
        out = inputs @ self.weight
        out = out if self.bias is None else out + self.bias
        return out.relu()

### dense | wrong | print|return|None
class Dense(Module):
    def __init__(self, in_features, out_features, generator=None, dtype=np.float32, bias=True):
        normal = np.random.default_rng(generator).standard_normal((in_features, out_features))
        weight = normal*np.sqrt(2/in_features)
        self.weight = Variable(weight.astype(dtype), requires_grad=True, name="weight")
        self.bias = None
        if bias:
            self.bias = Variable(np.zeros(out_features, dtype), requires_grad=True, name="bias")

    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape} do not fit")
        self.out = inputs @ self.weight
        if self.bias is not None:
            self.out = self.out + self.bias

### cross_entropy | right
def cross_entropy(logits, targets):
    rows = np.arange(logits.shape[0])
    chosen = log_softmax(logits)[rows, targets]
    return np.mean(-chosen)

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    onehot = np.eye(logits.shape[1], dtype=logits.dtype)[targets]
    return g*(p - onehot)/len(targets)

### cross_entropy | right
def cross_entropy(logits, targets):
    lp = log_softmax(logits)
    picked = np.take_along_axis(lp, targets[:, None], axis=1)
    return -picked.mean()

def cross_entropy_vjp(g, y, logits, targets):
    d = np.exp(log_softmax(logits))
    n = d.shape[0]
    d[range(n), targets] -= 1
    d *= g/n
    return d

### cross_entropy | wrong | sum|mean|batch
def cross_entropy(logits, targets):
    return -np.sum(log_softmax(logits)[np.arange(len(targets)), targets])

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return g*p

### cross_entropy | wrong | row|column|arange|pick|every|index
def cross_entropy(logits, targets):
    return -log_softmax(logits)[:, targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return g*p/len(targets)

### cross_entropy | wrong | row|column|arange|every|all|index
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[:, targets] -= 1
    return g*p/len(targets)

### cross_entropy | wrong | \bg\b|above|arriv
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p/len(targets)

### cross_entropy | wrong | batch|classes|size
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return g*p/p.size

### cross_entropy | wrong | sign|onehot|one-hot|minus|said
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    onehot = np.zeros_like(p)
    onehot[np.arange(len(targets)), targets] = 1
    return g*(onehot - p)/len(targets)

### cross_entropy | wrong | log|probabilit|softmax
def cross_entropy(logits, targets):
    p = np.exp(log_softmax(logits))
    return -p[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return g*p/len(targets)

### cross_entropy | wrong | exp|log_softmax|probabilit|softmax
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = log_softmax(logits).copy()
    p[np.arange(len(targets)), targets] -= 1
    return g*p/len(targets)

### cross_entropy | wrong | overflow|nan|inf|log_softmax|large
def cross_entropy(logits, targets):
    e = np.exp(logits)
    p = e/e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(targets)), targets]).mean()

def cross_entropy_vjp(g, y, logits, targets):
    e = np.exp(logits)
    p = e/e.sum(axis=1, keepdims=True)
    p[np.arange(len(targets)), targets] -= 1
    return g*p/len(targets)

### cross_entropy | wrong | changed|in place|argument|logits
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    logits[:] = np.exp(log_softmax(logits))
    logits[np.arange(len(targets)), targets] -= 1
    return g*logits/len(targets)

### batches | right
class DataLoader:
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None, drop_last=False):
        self.inputs, self.targets = as_array(inputs), as_array(targets)
        check_examples(self.inputs, self.targets)
        if not (isinstance(batch_size, (int, np.integer)) and batch_size >= 1):
            raise ValueError(f"batch_size = {batch_size!r} is not valid: give a whole number >= 1")
        self.batch_size, self.shuffle = int(batch_size), shuffle
        self.generator = np.random.default_rng(generator)
        left_over = len(self.inputs) % self.batch_size if drop_last else 0
        self.used = len(self.inputs) - left_over
        if self.used == 0:
            raise ValueError(f"drop_last with {len(self.inputs)} examples leaves no batch")

    def __len__(self):
        return -(-self.used//self.batch_size)

    def __iter__(self):
        total = len(self.inputs)
        if self.shuffle:
            idx = self.generator.permutation(total)
        else:
            idx = np.arange(total)
        idx = idx[:self.used]
        for b in range(len(self)):
            rows = idx[b*self.batch_size:(b + 1)*self.batch_size]
            yield Batch(inputs=self.inputs[rows], targets=self.targets[rows])

### batches | wrong | pair|together|separate|same order|differ|permutation
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        a = self.generator.permutation(n) if self.shuffle else np.arange(n)
        b = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, self.used, self.batch_size):
            yield Batch(self.inputs[a[i:i + self.batch_size]], self.targets[b[i:i + self.batch_size]])

### batches | wrong | generator|seed|np\.random|draw
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        order = np.random.permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, self.used, self.batch_size):
            rows = order[i:min(i + self.batch_size, self.used)]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | last|remain|rest|dropp?
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for b in range(self.used//self.batch_size):
            rows = order[b*self.batch_size:(b + 1)*self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | drop_last|used|last
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, n, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | shuffle|order|always
class DataLoader(DataLoader):
    def __iter__(self):
        order = self.generator.permutation(len(self.inputs))[:self.used]
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | replacement|once|twice|again
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        for i in range(0, self.used, self.batch_size):
            size = min(self.batch_size, self.used - i)
            rows = self.generator.choice(n, size) if self.shuffle else np.arange(i, i + size)
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | same order|drawn once|every epoch|each epoch|new order|again
class DataLoader(DataLoader):
    def __iter__(self):
        if not hasattr(self, "order"):
            n = len(self.inputs)
            self.order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, self.used, self.batch_size):
            rows = self.order[:self.used][i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | data|caller|in place|changes|shuffled
class DataLoader(DataLoader):
    def __iter__(self):
        if self.shuffle:
            order = self.generator.permutation(len(self.inputs))
            self.inputs[:] = self.inputs[order]
            self.targets[:] = self.targets[order]
        for i in range(0, self.used, self.batch_size):
            stop = min(i + self.batch_size, self.used)
            yield Batch(self.inputs[i:stop], self.targets[i:stop])

### batches | wrong | return|yield|first|only|generator
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, self.used, self.batch_size):
            rows = order[i:min(i + self.batch_size, self.used)]
            return Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | Batch|name|tuple
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, self.used, self.batch_size):
            rows = order[i:min(i + self.batch_size, self.used)]
            yield self.inputs[rows], self.targets[rows]

### batches | wrong | first|from the first|before|drop|same|random|different|left out
class DataLoader(DataLoader):
    def __iter__(self):
        order = np.arange(self.used)
        if self.shuffle:
            order = self.generator.permutation(self.used)
        for i in range(0, self.used, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    step = np.multiply(learning_rate, parameter.grad.data)
    parameter.data = np.subtract(parameter.data, step)

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    old, slope = parameter.data, parameter.grad.data
    new = old + (-learning_rate)*slope
    parameter.data = new
    return parameter

### gradient_descent_step | wrong | uphill|sign|minus|plus|against
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data + learning_rate*parameter.grad.data

### gradient_descent_step | wrong | in place|-=|kept|argument|old
def gradient_descent_step(parameter, learning_rate):
    parameter.data[...] = parameter.data - learning_rate*parameter.grad.data

### gradient_descent_step | wrong | gradient.*(chang|clear|zero|forgot|None)|(chang|clear|zero|forg).*gradient
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate*parameter.grad.data
    parameter.grad = None

### gradient_descent_step | wrong | stays|assign|not mov|did not|no effect|return|nothing|stood
def gradient_descent_step(parameter, learning_rate):
    return parameter.data - learning_rate*parameter.grad.data

### gradient_descent_step | wrong | learning|rate
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - parameter.grad.data

### gradient_descent_step | wrong | divid|/
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - parameter.grad.data/learning_rate

### gradient_descent_step | wrong | gradient.*(chang|scal|in place)|changes|argument
def gradient_descent_step(parameter, learning_rate):
    g = parameter.grad.data
    g *= learning_rate
    parameter.data = parameter.data - g

### gradient_descent_step | wrong | sign|size|length
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate*np.sign(parameter.grad.data)

### gradient_descent_step | wrong | norm|length|unit|size
def gradient_descent_step(parameter, learning_rate):
    g = parameter.grad.data
    parameter.data = parameter.data - learning_rate*g/np.linalg.norm(g)

### gradient_descent_step | wrong | local|assign|not mov|did not|nothing|name|stood|stays
def gradient_descent_step(parameter, learning_rate):
    theta = parameter.data
    theta = theta - learning_rate*parameter.grad.data

### gradient_descent_step | wrong | learning_rate|argument|constant|0\.01|fixed
def gradient_descent_step(parameter, learning_rate=0.01):
    parameter.data = parameter.data - 0.01*parameter.grad.data

### stability | right
answer = 2/max(1, 50)

### stability | right
answer = 0.04

### stability | wrong | 1/L|half|one step|best|2/
answer = 1/50

### stability | wrong | μ|mu|smallest|shallow|flat|along
answer = 2.0

### stability | wrong | compromise|2/\(|both|best|sum|fastest
answer = 2/(1 + 50)

### stability | wrong | 25|2/50|upside|inver|recip|curvature
answer = 50/2

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    v_new = gradient + velocity*momentum
    step = v_new*learning_rate
    return parameter - step, v_new

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    v = np.array(velocity, copy=True)
    v *= momentum
    v += gradient
    return parameter - learning_rate*v, v

### momentum | wrong | 1 - |average|mean|dampen
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    vel = momentum*velocity + (1 - momentum)*gradient
    return parameter - learning_rate*vel, vel

### momentum | wrong | old velocity|before|order|first|late
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    new_parameter = parameter - learning_rate*velocity
    velocity = momentum*velocity + gradient
    return new_parameter, velocity

### momentum | wrong | order|swapped|exchanged|first.*then|velocity.*parameter
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    parameter = parameter - learning_rate*velocity
    return velocity, parameter

### momentum | wrong | learning rate|rate
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + learning_rate*gradient
    return parameter - velocity, velocity

### momentum | wrong | sign|minus|plus|uphill
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity - gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | sign|minus|negative|velocity
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity - learning_rate*gradient
    return parameter + velocity, velocity

### momentum | wrong | gradient|velocity.*used|not use|ignor
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*gradient, velocity

### momentum | wrong | argument|in place|chang|\*=
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    np.multiply(velocity, momentum, out=velocity)
    np.add(velocity, gradient, out=velocity)
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | velocity|return|second|two
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*velocity

### momentum | wrong | momentum.*gradient|gradient.*momentum|whole|bracket|parenthes|both
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*(velocity + gradient)
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | twice|double
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    parameter = parameter - learning_rate*gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | 0\.9|argument|constant|fixed|momentum
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    v = 0.9*velocity + gradient
    return parameter - learning_rate*v, v

### momentum | wrong | momentum|swap|exchang|wrong one
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    v = learning_rate*velocity + gradient
    return parameter - momentum*v, v

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    new_v = momentum*velocity + gradient
    return parameter - learning_rate*gradient - learning_rate*momentum*new_v, new_v

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = gradient + momentum*velocity
    ahead = gradient + momentum*v
    ahead = -learning_rate*ahead
    return ahead + parameter, v

### nesterov | wrong | old|new velocity|before
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    ahead = gradient + momentum*velocity
    v = momentum*velocity + gradient
    return parameter - learning_rate*ahead, v

### nesterov | wrong | momentum|decay|β|beta
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    return parameter - learning_rate*(gradient + v), v

### nesterov | wrong | heavy ball|plain momentum|ahead|gradient
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    return parameter - learning_rate*v, v

### nesterov | wrong | gradient|once more|again|missing
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    return parameter - learning_rate*momentum*v, v

### nesterov | wrong | velocity|return|ahead|store|keep
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    velocity = gradient + momentum*velocity
    return parameter - learning_rate*velocity, velocity

### nesterov | wrong | argument|in place|chang
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    parameter -= learning_rate*(gradient + momentum*v)
    return parameter, v

### nesterov | wrong | learning rate|rate|α|bracket|parenthes
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    return parameter - learning_rate*gradient - momentum*v, v

### nesterov | wrong | 1 - |average|mean
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + (1 - momentum)*gradient
    return parameter - learning_rate*(gradient + momentum*v), v

### moments | right
def moments(gradient, m, v, beta1, beta2):
    new_m = m + (1 - beta1)*(gradient - m)
    new_v = v + (1 - beta2)*(np.square(gradient) - v)
    return new_m, new_v

### moments | right
def moments(gradient, m, v, beta1, beta2):
    mean = lambda old, new, beta: beta*old + (1 - beta)*new
    return [mean(m, gradient, beta1), mean(v, gradient*gradient, beta2)]

### moments | wrong | square
def moments(gradient, m, v, beta1, beta2):
    return beta1*m + (1 - beta1)*gradient, beta2*v + (1 - beta2)*gradient

### moments | wrong | swapped|exchanged|other|beta
def moments(gradient, m, v, beta1, beta2):
    m = (1 - beta1)*m + beta1*gradient
    v = (1 - beta2)*v + beta2*gradient**2
    return m, v

### moments | wrong | 1 - |weight|sum to one|add up
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + gradient
    v = beta2*v + gradient**2
    return m, v

### moments | wrong | beta2|beta1|swapped|exchanged|same
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta1*v + (1 - beta1)*gradient**2
    return m, v

### moments | wrong | square|m\b|gradient
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*m**2
    return m, v

### moments | wrong | square|outside|whole|bracket|1 - beta
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + ((1 - beta2)*gradient)**2
    return m, v

### moments | wrong | variance|centr|minus|m\b|mean
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*(gradient - m)**2
    return m, v

### moments | wrong | abs|square|gradient²
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*np.abs(gradient)
    return m, v

### moments | wrong | @|dot|element|shape|number
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*np.sum(gradient**2)
    return m, v

### moments | wrong | order|swapped|exchanged
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*gradient**2
    return v, m

### bias_correction | right
def bias_correction(moment, beta, step):
    given = 1.0
    for _ in range(int(step)):
        given *= beta
    return moment/(1.0 - given)

### bias_correction | wrong | float64
def bias_correction(moment, beta, step):
    return moment*(1 - np.power(beta, step))**-1

### bias_correction | wrong | multipl|divid
def bias_correction(moment, beta, step):
    return moment*(1 - beta**step)

### bias_correction | wrong | power|raised|\*\*|product
def bias_correction(moment, beta, step):
    return moment/(1 - beta*step)

### bias_correction | wrong | step|first step|once|power
def bias_correction(moment, beta, step):
    return moment/(1 - beta)

### bias_correction | wrong | 0|one|count|step \+ 1|step - 1|late|early
def bias_correction(moment, beta, step):
    return moment/(1 - beta**(step + 1))

### bias_correction | wrong | bracket|parenthes|\(1 - beta\)|order
def bias_correction(moment, beta, step):
    return moment/(1 - beta)**step

### bias_correction | wrong | bracket|parenthes|precedence|division|first
def bias_correction(moment, beta, step):
    return moment/1 - beta**step

### bias_correction | wrong | \^|\*\*|power
def bias_correction(moment, beta, step):
    return moment/(1 - beta^step)

### bias_correction | wrong | 1 - |without|missing|beta\*\*step
def bias_correction(moment, beta, step):
    return moment/beta**step

### bias_correction | wrong | sign|negative|minus|1 - 
def bias_correction(moment, beta, step):
    return moment/(beta**step - 1)

### bias_correction | wrong | argument|in place|chang
def bias_correction(moment, beta, step):
    moment /= 1 - beta**step
    return moment

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    top = bias_correction(m, beta1, step)
    bottom = np.sqrt(bias_correction(v, beta2, step)) + epsilon
    return parameter - learning_rate*top/bottom, m, v

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m_t = beta1*m + (1 - beta1)*gradient
    v_t = beta2*v + (1 - beta2)*gradient*gradient
    m_hat = m_t/(1 - beta1**step)
    v_hat = v_t/(1 - beta2**step)
    update = m_hat/(epsilon + v_hat**0.5)
    return parameter - update*learning_rate, m_t, v_t

### adam | wrong | inside|outside|root
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*mhat/np.sqrt(vhat + epsilon), m, v

### adam | wrong | bracket|parenthes|epsilon|denominator
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*mhat/np.sqrt(vhat) + epsilon, m, v

### adam | wrong | correct.*return|return.*correct|corrected|without
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m, v = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m/(np.sqrt(v) + epsilon), m, v

### adam | wrong | correct
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    return parameter - learning_rate*m/(np.sqrt(v) + epsilon), m, v

### adam | wrong | v.*correct|second moment|correct.*v
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat = bias_correction(m, beta1, step)
    return parameter - learning_rate*mhat/(np.sqrt(v) + epsilon), m, v

### adam | wrong | root|sqrt
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*mhat/(vhat + epsilon), m, v

### adam | wrong | gradient|m_hat|m̂|first moment|m is
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    vhat = bias_correction(v, beta2, step)
    return parameter - learning_rate*gradient/(np.sqrt(vhat) + epsilon), m, v

### adam | wrong | return|three|moments
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*mhat/(np.sqrt(vhat) + epsilon)

### adam | wrong | uphill|sign|minus|plus
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter + learning_rate*mhat/(np.sqrt(vhat) + epsilon), m, v

### adam | wrong | swapped|exchanged|beta
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta2, step), bias_correction(v, beta1, step)
    return parameter - learning_rate*mhat/(np.sqrt(vhat) + epsilon), m, v

### adam | wrong | epsilon
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*mhat/np.sqrt(vhat), m, v

### adam | wrong | 1e-8|epsilon|argument|constant
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*mhat/(np.sqrt(vhat) + 1e-8), m, v

### adam | wrong | old|before|moments?
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m_new, v_new = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m_new, beta1, step), bias_correction(v_new, beta2, step)
    return parameter - learning_rate*mhat/(np.sqrt(vhat) + epsilon), m, v

### adam | wrong | root|before|correct|order|sqrt
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat = bias_correction(m, beta1, step)
    root = bias_correction(np.sqrt(v), beta2, step)
    return parameter - learning_rate*mhat/(root + epsilon), m, v

### adam | wrong | max|larger|add|epsilon
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*mhat/np.maximum(np.sqrt(vhat), epsilon), m, v

### adam | wrong | swapped|order|exchanged|v, m|m, v
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    v, m = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*mhat/(np.sqrt(vhat) + epsilon), m, v

### adam | wrong | step|counts?|\+ 1
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    step += 1
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*mhat/(np.sqrt(vhat) + epsilon), m, v

### first_adam_step | right
answer = 0.1*1e-6/(1e-6 + 1e-8)

### first_adam_step | right
answer = 0.1/1.01

### first_adam_step | wrong | gradient descent|SGD|slope|1e-07|10⁻⁷|divid
answer = 0.1*1e-6

### first_adam_step | wrong | sign|down|length|negative|positive
answer = -0.1*1e-6/(1e-6 + 1e-8)

### first_adam_step | wrong | epsilon|ε
answer = 0.1

### first_adam_step | wrong | correct|moment|1 - 
answer = 0.1*(0.1*1e-6)/(np.sqrt(0.001)*1e-6 + 1e-8)

### decay_weights | right
def decay_weights(parameter, learning_rate, weight_decay):
    keep = 1 - learning_rate*weight_decay
    return keep*parameter

### decay_weights | right
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - parameter*(weight_decay*learning_rate)

### decay_weights | wrong | learning|rate
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - weight_decay*parameter

### decay_weights | wrong | grow|sign|plus|minus
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter*(1 + learning_rate*weight_decay)

### decay_weights | wrong | amount|1 - |shrunk|what is|itself|left
def decay_weights(parameter, learning_rate, weight_decay):
    return learning_rate*weight_decay*parameter

### decay_weights | wrong | in place|argument|chang
def decay_weights(parameter, learning_rate, weight_decay):
    parameter *= 1 - learning_rate*weight_decay
    return parameter

### decay_weights | wrong | parameter|constant|proportion|multipl|times
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - learning_rate*weight_decay

### decay_weights | wrong | separate|product|bracket|both|each
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter*(1 - learning_rate)*(1 - weight_decay)

### decay_weights | wrong | sign|L1|abs|proportion
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - learning_rate*weight_decay*np.sign(parameter)

### decay_weights | wrong | divid|1 \+|exact|multipl
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter/(1 + learning_rate*weight_decay)

### decay_weights | wrong | power|exp|\*\*
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter*np.exp(-learning_rate*weight_decay)

### step_lr | right
def step_decay(step, learning_rate, step_size, gamma=0.1):
    drops = int(step/step_size)
    return learning_rate*gamma**drops

### step_lr | right
def step_decay(step, learning_rate, step_size, gamma=0.1):
    n, _ = divmod(step, step_size)
    return learning_rate*pow(gamma, n)

### step_lr | wrong | whole|//|smooth|integer|every step
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*gamma**(step/step_size)

### step_lr | wrong | once|again|only|power|each
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate if step < step_size else learning_rate*gamma

### step_lr | wrong | early|late|one|count|\+ 1
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*gamma**((step + 1)//step_size)

### step_lr | wrong | %|remainder|modulo|only|drops
def step_decay(step, learning_rate, step_size, gamma=0.1):
    if step % step_size == 0:
        return learning_rate*gamma
    return learning_rate

### step_lr | wrong | power|multipl|times
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*gamma*(step//step_size)

### step_lr | wrong | gamma|0\.1|argument|constant
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*0.1**(step//step_size)

### step_lr | wrong | learning|base|rate
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return gamma**(step//step_size)

### step_lr | wrong | divid|multipl|grow|gamma
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate/gamma**(step//step_size)

### step_lr | wrong | round|//|half|early
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*gamma**round(step/step_size)

### optimizer | right
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for g in self.param_groups:
            for p in g["parameters"]:
                p.grad = None

    def step(self, closure=None):
        result = None
        if closure is not None:
            result = closure()
        self.update_all(self.ready())
        return result

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | right
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        everything = [p for group in self.param_groups for p in group["parameters"]]
        for variable in everything:
            variable.grad = None

    def step(self, closure=None):
        loss = closure() if closure else None
        todo = list(self.ready())
        self.update_all(todo)
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | None|zeros
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = np.zeros_like(p.data)

    def step(self, closure=None):
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | group
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for p in self.param_groups[0]["parameters"]:
            p.grad = None

    def step(self, closure=None):
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | closure|loss|return
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None

    def step(self, closure=None):
        if closure:
            closure()
        self.update_all(self.ready())

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | closure|before|after|first
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None

    def step(self, closure=None):
        self.update_all(self.ready())
        return closure() if closure else None

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | zero_grad|start|forg|clear|gradient
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None

    def step(self, closure=None):
        self.zero_grad()
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | step.*(clear|forg|zero)|(clear|forg|zero).*step
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None

    def step(self, closure=None):
        loss = closure() if closure else None
        self.update_all(self.ready())
        self.zero_grad()
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | update_all|not mov|did not|nothing|stood|stays
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None

    def step(self, closure=None):
        loss = closure() if closure else None
        self.ready()
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | rule|update_all|SGD|options|momentum
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None

    def step(self, closure=None):
        loss = closure() if closure else None
        for parameter, gradient, state, group in self.ready():
            parameter.data = parameter.data - group["learning_rate"]*gradient
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | twice|count|double
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None

    def step(self, closure=None):
        loss = closure() if closure else None
        if len(list(self.ready())) > 0:
            self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | closure|call|loop|None
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None

    def step(self, closure=None):
        loss = closure
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | parameters|dict|group|zero_grad
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for p in self.param_groups:
            p.grad = None

    def step(self, closure=None):
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | ==|assign|forg|zero_grad|None
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad == None

    def step(self, closure=None):
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | always|required|closure|None
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None

    def step(self, closure=None):
        loss = closure()
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        if options["nesterov"] and (options["momentum"] == 0 or options["dampening"] != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### SGD | right
class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        options = dict(learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                       weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)
        super().__init__(parameters, **options)

    def check_group(self, parameters, options):
        if options["nesterov"] and not (options["momentum"] > 0 and options["dampening"] == 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0")

    def choose(self, group):
        if not group["momentum"]:
            return sgd, ()
        if group["nesterov"]:
            return sgd_nesterov, self.slots
        if group["dampening"]:
            return sgd_dampened, self.slots
        return sgd_momentum, self.slots

### SGD | wrong | nesterov
class SGD(SGD):
    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        return (sgd_dampened if group["dampening"] else sgd_momentum), self.slots

### SGD | wrong | dampening
class SGD(SGD):
    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        return (sgd_nesterov if group["nesterov"] else sgd_momentum), self.slots

### SGD | wrong | velocity|momentum
class SGD(SGD):
    def choose(self, group):
        return sgd, ()

### SGD | wrong | maximize|climb
class SGD(SGD):
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate, momentum, dampening, weight_decay, nesterov)

### SGD | wrong | weight_decay|decay
class SGD(SGD):
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate, momentum, dampening, 0.0, nesterov, maximize)

### Adam | right
class Adam(Optimizer):
    slots = ("m", "v", "v_max")
    def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0,
                 amsgrad=False, maximize=False, decoupled_weight_decay=False):
        super().__init__(parameters, learning_rate=learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon,
                         weight_decay=weight_decay, amsgrad=amsgrad, maximize=maximize,
                         decoupled_weight_decay=decoupled_weight_decay)

    def choose(self, group):
        if group["amsgrad"]:
            return adam_amsgrad, ("m", "v", "v_max")
        return adam, ("m", "v")

### Adam | wrong | beta
class Adam(Adam):
    def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0,
                 amsgrad=False, maximize=False, decoupled_weight_decay=False):
        super().__init__(parameters, learning_rate, beta2, beta1, epsilon, weight_decay, amsgrad, maximize,
                         decoupled_weight_decay)

### Adam | wrong | amsgrad|v_max|largest
class Adam(Adam):
    def choose(self, group):
        return adam, self.slots[:2]

### Adam | wrong | decoupled|weight_decay|decay
class Adam(Adam):
    def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0,
                 amsgrad=False, maximize=False, decoupled_weight_decay=True):
        super().__init__(parameters, learning_rate, beta1, beta2, epsilon, weight_decay, amsgrad, maximize,
                         decoupled_weight_decay)

### AdamW | right
class AdamW(Adam):
    def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.01,
                 amsgrad=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon,
                         weight_decay=weight_decay, amsgrad=amsgrad, maximize=maximize,
                         decoupled_weight_decay=True)

### AdamW | wrong | decoupled|L2
class AdamW(Adam):
    def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=1e-2,
                 amsgrad=False, maximize=False):
        super().__init__(parameters, learning_rate, beta1, beta2, epsilon, weight_decay, amsgrad, maximize)

### AdamW | wrong | default|0\.01|1e-2
class AdamW(Adam):
    def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0,
                 amsgrad=False, maximize=False):
        super().__init__(parameters, learning_rate, beta1, beta2, epsilon, weight_decay, amsgrad, maximize,
                         decoupled_weight_decay=True)

### AdamW | wrong | after|before|order
class AdamW(Adam):
    def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=1e-2,
                 amsgrad=False, maximize=False):
        super().__init__(parameters, learning_rate, beta1, beta2, epsilon, 0.0, amsgrad, maximize,
                         decoupled_weight_decay=True)
        self.w = weight_decay

    def step(self, closure=None):
        loss = super().step(closure)
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is not None:
                    p.data = p.data*(1 - group["learning_rate"]*self.w)
        return loss

### StepLR | right
class StepLR(Scheduler):
    schedule = step_decay
    ranges = {"step_size": "integer [1, inf)", "gamma": "[0, inf)"}

### StepLR | wrong | step|group|all|first
class StepLR(StepLR):
    def get_last_lr(self):
        return self.optimizer.param_groups[0]["learning_rate"]

### StepLR | wrong | twice|step|count|fast
class StepLR(StepLR):
    def step(self):
        super().step()
        super().step()

### exponential_decay | right
def exponential_decay(step, learning_rate, gamma):
    factor = gamma**step
    return factor*learning_rate

### exponential_decay | right
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*math.pow(gamma, step)

### exponential_decay | wrong | power|times|multipl|\*\*
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*gamma*step

### exponential_decay | wrong | 0|one|count|step 0|early|\+ 1
def exponential_decay(step, learning_rate, gamma):
    lr = learning_rate*gamma
    for _ in range(step):
        lr *= gamma
    return lr

### exponential_decay | wrong | exp|e\b|gamma
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*math.exp(-gamma*step)

### exponential_decay | wrong | bracket|parenthes|learning_rate|power|both
def exponential_decay(step, learning_rate, gamma):
    return (learning_rate*gamma)**step

### exponential_decay | wrong | upside|swapp|exchang|step\*\*gamma|exponent|base
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*step**gamma

### exponential_decay | wrong | 1 - |gamma
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*(1 - gamma)**step

### exponential_decay | wrong | divid|inverse|1/
def exponential_decay(step, learning_rate, gamma):
    return learning_rate/(1 + gamma*step)

### exponential_decay | wrong | \^|\*\*|power
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*gamma^step

### exponential_decay | wrong | once|step|every|constant
def exponential_decay(step, learning_rate, gamma):
    learning_rate *= gamma
    return learning_rate

### polynomial_decay | right
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = max(0.0, 1 - step/total_iters)
    return (learning_rate - eta_min)*left**power + eta_min

### polynomial_decay | right
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    if step >= total_iters:
        return eta_min
    remaining = (total_iters - step)/total_iters
    return eta_min + (learning_rate - eta_min)*remaining**power

### polynomial_decay | wrong | floor|after|total_iters|past|beyond|end
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 - step/total_iters)**power

### polynomial_decay | wrong | floor|above|eta_min|add
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    f = min(step/total_iters, 1)
    return learning_rate*(1 - f)**power + eta_min

### polynomial_decay | wrong | max|cut|floor|eta_min|stretch
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    f = min(step/total_iters, 1)
    return max(learning_rate*(1 - f)**power, eta_min)

### polynomial_decay | wrong | left|1 - |power|gone
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    f = min(step/total_iters, 1)
    return eta_min + (learning_rate - eta_min)*(1 - f**power)

### polynomial_decay | wrong | power
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    f = min(step/total_iters, 1)
    return eta_min + (learning_rate - eta_min)*(1 - f)

### polynomial_decay | wrong | floor|eta_min|zero
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    f = min(step/total_iters, 1)
    return learning_rate*(1 - f)**power

### polynomial_decay | wrong | one|total_iters|late|early|- 1
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    f = min(step/(total_iters - 1), 1)
    return eta_min + (learning_rate - eta_min)*(1 - f)**power

### polynomial_decay | wrong | whole|power|floor|inside|bracket
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    f = min(step/total_iters, 1)
    return eta_min + ((learning_rate - eta_min)*(1 - f))**power

### polynomial_decay | wrong | //|whole|integer|jump
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    f = min(step//total_iters, 1)
    return eta_min + (learning_rate - eta_min)*(1 - f)**power

### cosine_annealing | wrong | import
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    angle = np.pi*step/T_max
    part = 0.5*(1 + np.cos(angle))
    return float(eta_min + (learning_rate - eta_min)*part)

### cosine_annealing | right
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    middle, swing = (learning_rate + eta_min)/2, (learning_rate - eta_min)/2
    return middle + swing*math.cos(math.pi*step/T_max)

### cosine_annealing | wrong | again|rise|stays|after|T_max
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    step = min(step, T_max)
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(math.pi*step/T_max))/2

### cosine_annealing | wrong | half|twice|/2|double
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(math.pi*step/T_max))

### cosine_annealing | wrong | floor|eta_min|above
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + learning_rate*(1 + math.cos(math.pi*step/T_max))/2

### cosine_annealing | wrong | restart|jump|%|rise|again
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(math.pi*(step % T_max)/T_max))/2

### cosine_annealing | wrong | degree|radian|180|π|pi
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(180*step/T_max))/2

### cosine_annealing | wrong | quarter|half|pi/2|π|angle
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*math.cos(math.pi/2*step/T_max)

### cosine_annealing | wrong | sign|rise|upside|grow|minus|1 - cos
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 - math.cos(math.pi*step/T_max))/2

### cosine_annealing | wrong | whole|full|2|half|twice|fast
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(2*math.pi*step/T_max))/2

### cosine_annealing | wrong | sin
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.sin(math.pi*step/T_max))/2

### one_cycle | right
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    if three_phase:
        return [0, peak, 2*peak, total_steps - 1]
    return [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    floor = first/final_div_factor
    knots = one_cycle_knots(total_steps, pct_start, three_phase)
    values = [first, max_lr, first, floor] if three_phase else [first, max_lr, floor]
    return piecewise(step, knots, values, anneal_strategy)

### one_cycle | wrong | floor|first|max_lr|final_div_factor
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first, floor = max_lr/div_factor, max_lr/final_div_factor
    values = [first, max_lr, first, floor] if three_phase else [first, max_lr, floor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | - 1|one|late|peak
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    values = [first, max_lr, first, first/final_div_factor] if three_phase else [first, max_lr,
                                                                               first/final_div_factor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | end|last|total_steps|- 1
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, 2*peak, total_steps] if three_phase else [0, peak, total_steps]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    last = first/final_div_factor
    values = [first, max_lr, first, last] if three_phase else [first, max_lr, last]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | strategy|linear|cos
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    last = first/final_div_factor
    values = [first, max_lr, first, last] if three_phase else [first, max_lr, last]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values)

### one_cycle | wrong | three_phase|phase|three
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    last = first/final_div_factor
    return piecewise(step, one_cycle_knots(total_steps, pct_start, False), [first, max_lr, last], anneal_strategy)

### one_cycle | wrong | whole|between|round|int|peak
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = int(pct_start*total_steps) - 1
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    last = first/final_div_factor
    values = [first, max_lr, first, last] if three_phase else [first, max_lr, last]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | div_factor|25|argument|constant
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/25
    last = first/final_div_factor
    values = [first, max_lr, first, last] if three_phase else [first, max_lr, last]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### warmup | right
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    t = step/warmup_steps
    return learning_rate*((1 - t)*start_factor + t)

### warmup | right
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if warmup_steps == 0:
        return learning_rate
    done = min(1.0, step/warmup_steps)
    return learning_rate*(1 - (1 - start_factor)*(1 - done))

### warmup | wrong | \+ 1|step 0|first|early|one
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*(start_factor + (1 - start_factor)*(step + 1)/warmup_steps)

### warmup | wrong | start_factor|start
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*step/warmup_steps

### warmup | wrong | zero|no steps|0|division
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    t = min(step/warmup_steps, 1.0)
    return learning_rate*(start_factor + (1 - start_factor)*t)

### warmup | wrong | stays|after|beyond|past|grow
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if warmup_steps == 0:
        return learning_rate
    return learning_rate*(start_factor + (1 - start_factor)*step/warmup_steps)

### warmup | wrong | start|max|line|straight
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*max(start_factor, step/warmup_steps)

### warmup | wrong | factor|part|rate|learning
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return start_factor + (learning_rate - start_factor)*step/warmup_steps

### warmup | wrong | 1 - |add|above|start|exceed|more
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*(start_factor + step/warmup_steps)

### warmup | wrong | late|one|warmup_steps|- 1|\+ 1|early
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step > warmup_steps or warmup_steps == 0:
        return learning_rate
    return learning_rate*(start_factor + (1 - start_factor)*step/(warmup_steps + 1))

### warmup | wrong | line|straight|curve|cos
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return anneal(start_factor*learning_rate, learning_rate, step/warmup_steps, "cos")

### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    params = variables(parameters)
    total = gradient_norm(params, norm_type)
    if np.isfinite(total) and total > max_norm:
        for p in params:
            if p.grad is not None:
                p.grad = p.grad.data*p.dtype.type(max_norm/total)
    return total

### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    if not max_norm > 0:
        raise ValueError(f"max_norm = {max_norm} must be positive")
    parameters = variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if norm <= max_norm or not np.isfinite(norm):
        return norm
    factor = float(max_norm)/norm
    for parameter in parameters:
        if parameter.grad is None:
            continue
        parameter.grad = factor*parameter.grad.data
    return norm

### clip_grad_norm | wrong | each|together|all|own
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    total = gradient_norm(parameters, norm_type)
    if not np.isfinite(total):
        return total
    for p in parameters:
        if p.grad is not None:
            n = gradient_norm([p], norm_type)
            if n > max_norm:
                p.grad = p.grad.data*float(max_norm/n)
    return total

### clip_grad_norm | wrong | before|after
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    total = gradient_norm(parameters, norm_type)
    if np.isfinite(total) and total > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*float(max_norm/total)
    return gradient_norm(parameters, norm_type)

### clip_grad_norm | wrong | short|longer|only|grow|stretch|min
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    total = gradient_norm(parameters, norm_type)
    if np.isfinite(total) and total > 0:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*float(max_norm/total)
    return total

### clip_grad_norm | wrong | None
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    total = gradient_norm(parameters, norm_type)
    if np.isfinite(total) and total > max_norm:
        for p in parameters:
            p.grad = p.grad.data*float(max_norm/total)
    return total

### clip_grad_norm | wrong | finite|inf|nan
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    total = gradient_norm(parameters, norm_type)
    if total > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*float(max_norm/total)
    return total

### clip_grad_norm | wrong | generator|once|list|iterable|variables
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    total = gradient_norm(parameters, norm_type)
    if np.isfinite(total) and total > max_norm:
        for p in variables(parameters):
            if p.grad is not None:
                p.grad = p.grad.data*float(max_norm/total)
    return total

### clip_grad_norm | wrong | norm_type
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    total = gradient_norm(parameters)
    if np.isfinite(total) and total > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*float(max_norm/total)
    return total

### clip_grad_norm | wrong | ValueError|refuse|max_norm
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    parameters = variables(parameters)
    total = gradient_norm(parameters, norm_type)
    if np.isfinite(total) and total > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*float(max_norm/total)
    return total

### clip_grad_norm | wrong | element|value|direction|clip_grad_value
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    total = gradient_norm(parameters, norm_type)
    if np.isfinite(total) and total > max_norm:
        clip_grad_value(parameters, max_norm)
    return total

### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    total = gradient_norm(parameters, norm_type)
    if np.isfinite(total) and total > max_norm:
        for p in parameters:
            if p.grad is not None:
                g = p.grad.data
                g *= max_norm/total
    return total

### clip_grad_norm | wrong | overflow|gradient_norm|large|10²⁰|square|1e20|huge
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    check_number("norm_type", norm_type, "(0, inf]")
    parameters = variables(parameters)
    if norm_type != 2:
        total = gradient_norm(parameters, norm_type)
    else:
        with np.errstate(over="ignore"):
            total = float(np.sqrt(sum((p.grad.data**2).sum() for p in parameters if p.grad is not None)))
    if np.isfinite(total) and total > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*float(max_norm/total)
    return total

### ema | right
def ema(average, value, decay):
    return average + (1 - decay)*(value - average)

### ema | right
def ema(average, value, decay):
    old, new = np.multiply(average, decay), np.multiply(value, 1 - decay)
    return old + new

### ema | wrong | swapped|exchanged|decay|other
def ema(average, value, decay):
    return (1 - decay)*average + decay*value

### ema | wrong | 1 - |weight|add up|sum
def ema(average, value, decay):
    return decay*average + value

### ema | wrong | in place|argument|chang
def ema(average, value, decay):
    average *= decay
    average += (1 - decay)*value
    return average

### ema | wrong | half|decay|mean
def ema(average, value, decay):
    return (average + value)/2

### ema | wrong | 0\.9|decay|argument|constant
def ema(average, value, decay=0.9):
    return 0.9*average + 0.1*value

### ema | wrong | value|average|decay.*both|both.*decay|bracket|parenthes|sum
def ema(average, value, decay):
    return decay*(average + value)

### ema | wrong | sign|minus
def ema(average, value, decay):
    return decay*average - (1 - decay)*value

### ema | wrong | None|return
def ema(average, value, decay):
    average = decay*average + (1 - decay)*value

### batches | right
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        indices = list(range(n))
        if self.shuffle:
            self.generator.shuffle(indices)
        start = 0
        while start < self.used:
            stop = min(start + self.batch_size, self.used)
            chosen = indices[start:stop]
            yield Batch(self.inputs[chosen], self.targets[chosen])
            start = stop

### dense | right
class Dense(Dense):
    def forward(self, inputs):
        rows = self.weight.shape[0]
        if not inputs.shape or inputs.shape[-1] != rows:
            raise ValueError(f"inputs {inputs.shape} @ weight {self.weight.shape}: lengths differ")
        if self.bias is not None:
            return apply(affine, inputs, self.weight, self.bias)
        return inputs @ self.weight

### StepLR | right
class StepLR(Scheduler):
    "A docstring of my own."
    schedule, ranges = staticmethod(step_decay), {"step_size": "integer [1, inf)", "gamma": "[0, inf)"}

### one_cycle | right
def one_cycle_knots(total_steps, pct_start, three_phase):
    top = total_steps*pct_start - 1
    knots = [0, top]
    if three_phase:
        knots.append(top + top)
    knots.append(total_steps - 1)
    return knots

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    start = max_lr/div_factor
    heights = [start, max_lr]
    heights += [start] if three_phase else []
    heights += [start/final_div_factor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), heights, anneal_strategy)

### step_lr | wrong | import
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*gamma**math.floor(step/step_size) if step_size else learning_rate

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    c1, c2 = 1 - beta1**step, 1 - beta2**step
    new = parameter - (learning_rate/c1)*m/(np.sqrt(v/c2) + epsilon)
    return new, m, v

### adam | wrong | epsilon|ε|√|root|scal
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    rate = learning_rate*np.sqrt(1 - beta2**step)/(1 - beta1**step)
    return parameter - rate*m/(np.sqrt(v) + epsilon), m, v

### adam | wrong | m_hat|undefined|name|not defined
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat, vhat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(vhat) + epsilon), m, v

### momentum | wrong | arguments?|parameters|signature|takes
def sgd_momentum(w, dw, v, lr, beta):
    v = beta*v + dw
    return w - lr*v, v

### nesterov | wrong | list|array|tuple|float|loop
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = [momentum*a + b for a, b in zip(velocity, gradient)]
    step = [g + momentum*a for g, a in zip(gradient, v)]
    return [p - learning_rate*s for p, s in zip(parameter, step)], v

### ema | wrong | decay.*average|average.*once|twice|squar
def ema(average, value, decay):
    return decay*(decay*average + (1 - decay)*value)
