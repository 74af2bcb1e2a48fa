# ruff: noqa
"""Solutions as beginners write them, for blind.py. A line `### exercise | wrong | words` begins a wrong one: its
diagnosis should contain one of the words (a regular expression); `### exercise | right` begins a right one."""

### unbroadcast | wrong | added|in front|axes that were|nothing is summed
def unbroadcast(gradient, shape):
    if len(shape) > gradient.ndim:
        raise ValueError(f"{shape} does not go into {gradient.shape}")
    axes = tuple(i for i, n in enumerate(shape) if n == 1)
    return gradient.sum(axis=axes, keepdims=True)

### unbroadcast | wrong | stretched|length 1
def unbroadcast(gradient, shape):
    extra = gradient.ndim - len(shape)
    return gradient.sum(axis=tuple(range(extra)))

### unbroadcast | wrong | mean|average
def unbroadcast(gradient, shape):
    extra = gradient.ndim - len(shape)
    out = gradient.mean(axis=tuple(range(extra)))
    return out.mean(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)

### unbroadcast | wrong | keepdims|kept|shape
def unbroadcast(gradient, shape):
    extra = gradient.ndim - len(shape)
    out = gradient.sum(axis=tuple(range(extra)))
    return out.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1))

### unbroadcast | wrong | refuse|ValueError
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            gradient = gradient.sum(axis=i, keepdims=True)
    return gradient

### unbroadcast | wrong | reshape|summed|sum
def unbroadcast(gradient, shape):
    return np.resize(gradient, shape)

### unbroadcast | wrong | last|front|end
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=-1)
    for i, n in enumerate(shape):
        if n == 1:
            gradient = gradient.sum(axis=i, keepdims=True)
    return gradient

### unbroadcast | right
def unbroadcast(gradient, shape):
    if len(shape) > len(gradient.shape):
        raise ValueError("too many axes: %s for %s" % (shape, gradient.shape))
    padded = (1,)*(gradient.ndim - len(shape)) + tuple(shape)
    for have, want in zip(gradient.shape, padded):
        if want not in (1, have):
            raise ValueError("cannot unbroadcast")
    axes = tuple(i for i, n in enumerate(padded) if n == 1)
    return gradient.sum(axis=axes, keepdims=True).reshape(shape)

### sigmoid | wrong | overflow
def sigmoid(x):
    return 1/(1 + np.exp(-x))

### sigmoid | wrong | overflow|branch|np.where
def sigmoid(x):
    return np.where(x >= 0, 1/(1 + np.exp(-x)), np.exp(x)/(1 + np.exp(x)))

### sigmoid | wrong | sign|turned|mirror
def sigmoid(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, small, 1)/(1 + small)

### sigmoid | wrong | tanh
def sigmoid(x):
    return np.tanh(x)

### sigmoid | wrong | whole array|element
def sigmoid(x):
    if x >= 0:
        return 1/(1 + np.exp(-x))
    return np.exp(x)/(1 + np.exp(x))

### sigmoid | wrong | changed|in place
def sigmoid(x):
    x[x < -500] = -500
    x[x > 500] = 500
    return 1/(1 + np.exp(-x))

### sigmoid | right
def sigmoid(x):
    e = np.exp(np.where(x > 0, -x, x))
    return np.where(x > 0, 1/(1 + e), e/(1 + e))

### divide_vjp | wrong | minus|sign
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return g*a/b**2

### divide_vjp | wrong | forgotten|g is|incoming
def divide_numerator(g, y, a, b):
    return 1/b

def divide_denominator(g, y, a, b):
    return -a/b**2

### divide_vjp | wrong | square
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*a/b

### divide_vjp | wrong | \*\*|power|TypeError|exclusive
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*a/(b^2)

### divide_vjp | wrong | multipl|product|divide
def divide_numerator(g, y, a, b):
    return g*b

def divide_denominator(g, y, a, b):
    return -g*y/b

### divide_vjp | wrong | changed|in place
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    g *= -a
    return g/b**2

### divide_vjp | right
def divide_numerator(g, y, a, b):
    return g*(1/b)

def divide_denominator(g, y, a, b):
    return -(a*g)/(b*b)

### max_vjp | wrong | tie|share|several
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    return hit*spread(g, a, axis, keepdims)

### max_vjp | wrong | first|argmax|tie|share
def max_vjp(g, y, a, axis, keepdims):
    out = np.zeros_like(a)
    if axis is None:
        out.flat[np.argmax(a)] = np.sum(g)
        return out
    where = np.expand_dims(np.argmax(a, axis=axis), axis)
    np.put_along_axis(out, where, spread(g, a, axis, keepdims).max(axis=axis, keepdims=True), axis)
    return out

### max_vjp | wrong | float32|float64|dtype
def max_vjp(g, y, a, axis, keepdims):
    hit = (a == spread(y, a, axis, keepdims)).astype(float)
    return hit*spread(g, a, axis, keepdims)/hit.sum(axis=axis, keepdims=True)

### max_vjp | wrong | all|whole|axis
def max_vjp(g, y, a, axis, keepdims):
    hit = a == a.max()
    return hit*spread(g, a, axis, keepdims)/hit.sum()

### max_vjp | wrong | forgotten|g is|incoming
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    return hit/hit.sum(axis=axis, keepdims=True, dtype=a.dtype)

### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    top = spread(y, a, axis, keepdims)
    mask = np.where(a < top, 0, 1).astype(a.dtype)
    return spread(g, a, axis, keepdims)*(mask/mask.sum(axis=axis, keepdims=True))

### getitem_vjp | wrong | twice|only the last|add.at
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a)
    full[index] = g
    return full

### getitem_vjp | wrong | twice|only|add.at
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a)
    full[index] += g
    return full

### getitem_vjp | wrong | indexed|back
def getitem_vjp(g, y, a, index):
    return g[index]

### getitem_vjp | wrong | None|nothing
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a)
    return np.add.at(full, index, g)

### getitem_vjp | wrong | array .*itself|zeros|changed|copy
def getitem_vjp(g, y, a, index):
    full = a.copy()
    np.add.at(full, index, g)
    return full

### getitem_vjp | wrong | changed|in place
def getitem_vjp(g, y, a, index):
    a[...] = 0
    np.add.at(a, index, g)
    return a

### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    numbers = np.arange(a.size).reshape(a.shape)[index]
    out = np.zeros(a.size, dtype=g.dtype)
    for n, value in zip(np.ravel(numbers), np.ravel(g)):
        out[n] += value
    return out.reshape(a.shape)

### matmul_vjp | wrong | transpos
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows @ g
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | stack|last two|\.T
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.T
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.T @ g
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | vector|added axis
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    return g @ columns.swapaxes(-1, -2)

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    return rows.swapaxes(-1, -2) @ g

### matmul_vjp | wrong | exchanged|swapped|left|right
def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ g
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | element|product of numbers
def matmul_left(g, y, a, b):
    return g*b

def matmul_right(g, y, a, b):
    return g*a

### matmul_vjp | right
def matmul_left(g, y, a, b):
    gm, am, bm = as_matrices(g, a, b)
    out = np.matmul(gm, np.moveaxis(bm, -1, -2))
    if a.ndim == 1:
        out = out[..., 0, :]
    return out

def matmul_right(g, y, a, b):
    gm, am, bm = as_matrices(g, a, b)
    out = np.matmul(np.moveaxis(am, -1, -2), gm)
    if b.ndim == 1:
        out = out[..., 0]
    return out

### accumulate | wrong | replace|lost|forgotten|add
def accumulate(leaf, gradient, arrived):
    leaf.grad = gradient

### accumulate | wrong | share|memory|copy
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient
    else:
        leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | None
def accumulate(leaf, gradient, arrived):
    leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | in place|share|kept|memory
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
    else:
        leaf.grad.data[...] += gradient

### accumulate | wrong | twice
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = np.zeros_like(gradient) + gradient
    leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | changed|data|weights
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.data = leaf.data + gradient
    else:
        leaf.grad = gradient.copy()

### accumulate | right
def accumulate(leaf, gradient, arrived):
    before = 0 if leaf.grad is None else leaf.grad.data
    leaf.grad = np.array(before + gradient, dtype=gradient.dtype)

### dense | wrong | bias
class Dense(Dense):
    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape}")
        return inputs @ self.weight

### dense | wrong | shapes|refuse|ValueError
class Dense(Dense):
    def forward(self, inputs):
        assert inputs.shape[-1] == self.weight.shape[0]
        return inputs @ self.weight + self.bias

### dense | wrong | order|transpos|weight
class Dense(Dense):
    def forward(self, inputs):
        if inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape}")
        return self.weight @ inputs + self.bias

### dense | wrong | gradient|\.data|graph|Variable
class Dense(Dense):
    def forward(self, inputs):
        if inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape}")
        return Variable(inputs.data @ self.weight.data + self.bias.data)

### dense | wrong | element|product|\*
class Dense(Dense):
    def forward(self, inputs):
        return inputs*self.weight + self.bias

### dense | wrong | nothing|return
class Dense(Dense):
    def forward(self, inputs):
        if inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape}")
        output = inputs @ self.weight + self.bias

### dense | wrong | bias.*sub|sign|minus
class Dense(Dense):
    def forward(self, inputs):
        if inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape}")
        return inputs @ self.weight - self.bias

### dense | right
class Dense(Dense):
    def forward(self, inputs):
        n = self.weight.shape[0]
        if not inputs.shape or inputs.shape[-1] != n:
            raise ValueError("expected (..., %d) for weight %s but got %s" % (n, self.weight.shape, inputs.shape))
        product = inputs @ self.weight
        return product if self.bias is None else self.bias + product

### cross_entropy | wrong | mean|average|batch|divid
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].sum()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g

### cross_entropy | wrong | sign|minus
def cross_entropy(logits, targets):
    return log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | log of|log p|probabilit|overflow
def cross_entropy(logits, targets):
    p = np.exp(logits)/np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(targets)), targets]).mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | g is|incoming|forgotten
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p/len(targets)

### cross_entropy | wrong | every row|rows|column|\[:, targets\]
def cross_entropy(logits, targets):
    return -log_softmax(logits)[:, targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[:, targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | changed|in place|given
def cross_entropy(logits, targets):
    logits -= logits.max(axis=1, keepdims=True)
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | wrong | log.softmax|probabilities
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = log_softmax(logits).copy()
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### cross_entropy | right
def cross_entropy(logits, targets):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(np.take_along_axis(log_p, targets[:, None], axis=1))

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    onehot = np.eye(logits.shape[1], dtype=logits.dtype)[targets]
    return g*(p - onehot)/len(targets)

### batches | wrong | same order|every pass|new order
class DataLoader(DataLoader):
    def __init__(self, *args, **keywords):
        super().__init__(*args, **keywords)
        self.order = self.generator.permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
    def __iter__(self):
        for start in range(0, len(self.order), self.batch_size):
            rows = self.order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | last|smaller|lost|missing
class DataLoader(DataLoader):
    def __iter__(self):
        order = self.generator.permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
        for i in range(len(self.inputs)//self.batch_size):
            rows = order[i*self.batch_size:(i + 1)*self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | together|separate|match
class DataLoader(DataLoader):
    def __iter__(self):
        inputs, targets = self.inputs, self.targets
        if self.shuffle:
            inputs = self.generator.permutation(inputs)
            targets = self.generator.permutation(targets)
        for start in range(0, len(inputs), self.batch_size):
            yield Batch(inputs[start:start + self.batch_size], targets[start:start + self.batch_size])

### batches | wrong | changed|given|in place|caller
class DataLoader(DataLoader):
    def __init__(self, inputs, targets, batch_size=32, shuffle=False, generator=None):
        super().__init__(inputs, targets, batch_size, shuffle, generator)
        self.inputs, self.targets = inputs, targets
    def __iter__(self):
        if self.shuffle:
            order = self.generator.permutation(len(self.inputs))
            self.inputs[:] = self.inputs[order]
            self.targets[:] = self.targets[order]
        for start in range(0, len(self.inputs), self.batch_size):
            yield Batch(self.inputs[start:start + self.batch_size], self.targets[start:start + self.batch_size])

### batches | wrong | tuple|Batch|pair
class DataLoader(DataLoader):
    def __iter__(self):
        order = self.generator.permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
        for start in range(0, len(order), self.batch_size):
            rows = order[start:start + self.batch_size]
            yield self.inputs[rows], self.targets[rows]

### batches | wrong | generator|seed
class DataLoader(DataLoader):
    def __iter__(self):
        order = np.random.permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
        for start in range(0, len(order), self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | always|not asked|without shuffle
class DataLoader(DataLoader):
    def __iter__(self):
        order = self.generator.permutation(len(self.inputs))
        for start in range(0, len(order), self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | again|once|second pass|iterator
class DataLoader(DataLoader):
    def __init__(self, *args, **keywords):
        super().__init__(*args, **keywords)
        self.position = 0
    def __iter__(self):
        order = self.generator.permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
        while self.position < len(order):
            rows = order[self.position:self.position + self.batch_size]
            self.position += self.batch_size
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | right
class DataLoader(DataLoader):
    def __iter__(self):
        rows = np.arange(len(self.inputs))
        if self.shuffle:
            self.generator.shuffle(rows)
        rows = rows[:self.used]
        while len(rows):
            head, rows = rows[:self.batch_size], rows[self.batch_size:]
            yield Batch(inputs=self.inputs[head], targets=self.targets[head])

### exponential_decay | wrong | step \+ 1|one step|early|off by one
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*gamma**(step + 1)

### exponential_decay | wrong | multipl|times|power
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*gamma*step

### exponential_decay | wrong | exp\(|exponential function|e to
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*math.exp(-gamma*step)

### exponential_decay | wrong | \*\*|power
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*gamma^step

### exponential_decay | wrong | whole|base rate.*power|parenthes
def exponential_decay(step, learning_rate, gamma):
    return (learning_rate*gamma)**step

### exponential_decay | right
def exponential_decay(step, learning_rate, gamma):
    rate = learning_rate
    for _ in range(step):
        rate = rate*gamma
    return rate

### polynomial_decay | wrong | past|after|end|stays|cut
def polynomial_decay(step, learning_rate, total_iters, power=1.0, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 - step/total_iters)**power

### polynomial_decay | wrong | floor|eta_min
def polynomial_decay(step, learning_rate, total_iters, power=1.0, eta_min=0.0):
    k = min(step, total_iters)
    return eta_min + learning_rate*(1 - k/total_iters)**power

### polynomial_decay | wrong | what has been done|done|left
def polynomial_decay(step, learning_rate, total_iters, power=1.0, eta_min=0.0):
    k = min(step, total_iters)
    return eta_min + (learning_rate - eta_min)*(1 - (k/total_iters)**power)

### polynomial_decay | wrong | power
def polynomial_decay(step, learning_rate, total_iters, power=1.0, eta_min=0.0):
    k = min(step, total_iters)
    return eta_min + (learning_rate - eta_min)*(1 - k/total_iters)

### polynomial_decay | wrong | integer|whole|//|rounded
def polynomial_decay(step, learning_rate, total_iters, power=1.0, eta_min=0.0):
    k = min(step, total_iters)
    return eta_min + (learning_rate - eta_min)*(1 - k//total_iters)**power

### polynomial_decay | right
def polynomial_decay(step, learning_rate, total_iters, power=1.0, eta_min=0.0):
    if step >= total_iters:
        return eta_min
    fraction = (total_iters - step)/total_iters
    return eta_min + fraction**power*(learning_rate - eta_min)

### cosine_annealing | wrong | T_max \+ 1|one more|one step|off by one
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(math.pi*step/(T_max + 1)))/2

### cosine_annealing | wrong | halv|half
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(math.pi*step/T_max))

### cosine_annealing | wrong | 2|whole cosine|pi
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(2*math.pi*step/T_max))/2

### cosine_annealing | wrong | floor|eta_min
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return learning_rate*(1 + math.cos(math.pi*step/T_max))/2

### cosine_annealing | wrong | past|goes on|T_max|rises|stays
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    if step > T_max:
        return eta_min
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(math.pi*step/T_max))/2

### cosine_annealing | wrong | sine|sin
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.sin(math.pi*step/T_max))/2

### cosine_annealing | right
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    middle, swing = (learning_rate + eta_min)/2, (learning_rate - eta_min)/2
    return middle + swing*math.cos(math.pi/T_max*step)

### one_cycle | wrong | total_steps - 1|minus one|one late|- 1|peak
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps
    return [0, peak, 2*peak, total_steps] if three_phase else [0, peak, total_steps]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4, anneal_strategy="cos",
              three_phase=False):
    low = max_lr/div_factor
    values = [low, max_lr, low, low/final_div_factor] if three_phase else [low, max_lr, low/final_div_factor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | final|max_lr.*final_div|last
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4, anneal_strategy="cos",
              three_phase=False):
    low, end = max_lr/div_factor, max_lr/final_div_factor
    values = [low, max_lr, low, end] if three_phase else [low, max_lr, end]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | anneal_strategy|strategy
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4, anneal_strategy="cos",
              three_phase=False):
    low = max_lr/div_factor
    values = [low, max_lr, low, low/final_div_factor] if three_phase else [low, max_lr, low/final_div_factor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, "cos")

### one_cycle | wrong | three
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4, anneal_strategy="cos",
              three_phase=False):
    low = max_lr/div_factor
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), [low, max_lr, low/final_div_factor],
                     anneal_strategy)

### one_cycle | wrong | div_factor|0|first rate
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4, anneal_strategy="cos",
              three_phase=False):
    values = [0, max_lr, 0, 0] if three_phase else [0, max_lr, 0]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### warmup | wrong | start_factor
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*step/warmup_steps

### warmup | wrong | step \+ 1|one step|early
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*(start_factor + (1 - start_factor)*(step + 1)/warmup_steps)

### warmup | wrong | zero|0 steps|warmup_steps is 0|division
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    f = min(1, step/warmup_steps)
    return learning_rate*(start_factor + (1 - start_factor)*f)

### warmup | wrong | past|after|goes on|stays|end
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if warmup_steps == 0:
        return learning_rate
    return learning_rate*(start_factor + (1 - start_factor)*step/warmup_steps)

### warmup | wrong | added|overshoot|1 - start_factor|above
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*(start_factor + step/warmup_steps)

### warmup | right
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if warmup_steps == 0:
        return learning_rate
    part = min(step/warmup_steps, 1.0)
    return learning_rate*part + learning_rate*start_factor*(1 - part)

### clip_grad_norm | wrong | own norm|each|alone
def clip_grad_norm(parameters, max_norm):
    total = 0
    for p in parameters:
        if p.grad is None:
            continue
        norm = np.linalg.norm(p.grad.data)
        total += norm**2
        if norm > max_norm:
            p.grad = p.grad.data*(max_norm/norm)
    return float(np.sqrt(total))

### clip_grad_norm | wrong | always|short|only
def clip_grad_norm(parameters, max_norm):
    parameters = list(parameters)
    norm = gradient_norm(parameters)
    for p in parameters:
        if p.grad is not None:
            p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | before|after|measured
def clip_grad_norm(parameters, max_norm):
    parameters = list(parameters)
    norm = gradient_norm(parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return gradient_norm(parameters)

### clip_grad_norm | wrong | generator|iterable|once|twice
def clip_grad_norm(parameters, max_norm):
    norm = sum(float((p.grad.data**2).sum()) for p in parameters if p.grad is not None)**0.5
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return float(norm)

### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad.data *= max_norm/norm
    return norm

### clip_grad_norm | wrong | element|direction|cut
def clip_grad_norm(parameters, max_norm):
    parameters = list(parameters)
    norm = gradient_norm(parameters)
    for p in parameters:
        if p.grad is not None:
            p.grad = np.clip(p.grad.data, -max_norm, max_norm)
    return norm

### clip_grad_norm | wrong | infinit|finite|nan
def clip_grad_norm(parameters, max_norm):
    parameters = list(parameters)
    norm = gradient_norm(parameters)
    if norm > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | max_norm|refuse|ValueError
def clip_grad_norm(parameters, max_norm):
    parameters = variables(parameters)
    norm = gradient_norm(parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters)
    if not np.isfinite(norm) or norm <= max_norm:
        return norm
    for p in parameters:
        if p.grad is None:
            continue
        p.grad = p.grad.data/(norm/max_norm)
    return norm

### ema | wrong | exchanged|swapped
def ema(average, value, decay):
    return decay*value + (1 - decay)*average

### ema | wrong | whole|1 - decay|complement
def ema(average, value, decay):
    return decay*average + value

### ema | wrong | changed|in place
def ema(average, value, decay):
    average *= decay
    average += (1 - decay)*value
    return average

### ema | wrong | parenthes
def ema(average, value, decay):
    return decay*average + 1 - decay*value

### ema | wrong | nothing|return
def ema(average, value, decay):
    average = decay*average + (1 - decay)*value

### ema | wrong | constant|0\.9|fixed|argument
def ema(average, value, decay):
    return 0.9*average + 0.1*value

### ema | right
def ema(average, value, decay):
    return average - (1 - decay)*(average - value)

### gradient_descent_step | wrong | up|sign|plus
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data + learning_rate*parameter.grad.data

### gradient_descent_step | wrong | learning.rate
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - parameter.grad.data

### gradient_descent_step | wrong | Variable|name|nothing|moved|not move
def gradient_descent_step(parameter, learning_rate):
    parameter = parameter.data - learning_rate*parameter.grad.data

### gradient_descent_step | wrong | nothing|assign|move
def gradient_descent_step(parameter, learning_rate):
    return parameter.data - learning_rate*parameter.grad.data

### gradient_descent_step | wrong | gradient.*(clear|None|forg)|caller
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate*parameter.grad.data
    parameter.grad = None

### gradient_descent_step | wrong | replaced|instead of|minus|thrown
def gradient_descent_step(parameter, learning_rate):
    parameter.data = -learning_rate*parameter.grad.data

### gradient_descent_step | wrong | Variable|\.data|type
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter - learning_rate*parameter.grad

### gradient_descent_step | wrong | changed|in place
def gradient_descent_step(parameter, learning_rate):
    parameter.grad.data *= learning_rate
    parameter.data = parameter.data - parameter.grad.data

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    step = parameter.grad.data*learning_rate
    parameter.data = np.subtract(parameter.data, step)

### momentum | wrong | replaced|accumul
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = gradient
    parameter = parameter - learning_rate*velocity
    return parameter, velocity

### momentum | wrong | up|plus|sign
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter + learning_rate*velocity, velocity

### momentum | wrong | changed|in place
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    parameter -= learning_rate*velocity
    return parameter, velocity

### momentum | wrong | changed|in place
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity *= momentum
    velocity += gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | momentum.*(two|twice)|twice
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | 0\.9|fixed|constant
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = 0.9*velocity + gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | old|before|order
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    parameter = parameter - learning_rate*velocity
    velocity = momentum*velocity + gradient
    return parameter, velocity

### momentum | wrong | averag
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + (1 - momentum)*gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | order|swapped
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return velocity, parameter - learning_rate*velocity

### momentum | wrong | zero|silence|velocity
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    if not np.any(gradient):
        return parameter, velocity
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | lost|only the parameter
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*velocity

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    new_velocity = gradient + momentum*velocity
    step = learning_rate*new_velocity
    return parameter - step, new_velocity

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    v = velocity.copy()
    v *= momentum
    v += gradient
    p = parameter.copy()
    p -= learning_rate*v
    return [p, v]

### nesterov | wrong | classical|velocity, not|look-ahead
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*velocity, velocity

### nesterov | wrong | before|old|updated|new
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    new = momentum*velocity + gradient
    return parameter - learning_rate*(gradient + momentum*velocity), new

### nesterov | wrong | gradient + velocity|momentum is missing
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*(gradient + velocity), velocity

### nesterov | wrong | look-ahead.*(kept|returned)|returned as
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*velocity, velocity

### nesterov | wrong | changed|in place
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity *= momentum
    velocity += gradient
    return parameter - learning_rate*(gradient + momentum*velocity), velocity

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    ahead = momentum*v
    return parameter - learning_rate*gradient - learning_rate*ahead, v

### moments | wrong | not squared|square
def moments(gradient, m, v, beta1, beta2):
    return beta1*m + (1 - beta1)*gradient, beta2*v + (1 - beta2)*gradient

### moments | wrong | beta1.*beta2|same beta|beta
def moments(gradient, m, v, beta1, beta2):
    return beta1*m + (1 - beta1)*gradient, beta1*v + (1 - beta1)*gradient**2

### moments | wrong | whole|1 - beta
def moments(gradient, m, v, beta1, beta2):
    return beta1*m + gradient, beta2*v + gradient**2

### moments | wrong | changed|in place
def moments(gradient, m, v, beta1, beta2):
    m *= beta1
    m += (1 - beta1)*gradient
    v *= beta2
    v += (1 - beta2)*gradient**2
    return m, v

### moments | wrong | mean of the|of the mean|m²|m\*\*2
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*m**2
    return m, v

### moments | wrong | \*\*|power|TypeError
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*(gradient^2)
    return m, v

### moments | wrong | 0\.9|fixed|constant|whatever
def moments(gradient, m, v, beta1, beta2):
    return 0.9*m + 0.1*gradient, 0.999*v + 0.001*gradient**2

### moments | wrong | sum|scalar|shape|element|dot
def moments(gradient, m, v, beta1, beta2):
    return beta1*m + (1 - beta1)*gradient, beta2*v + (1 - beta2)*np.sum(gradient**2)

### moments | right
def moments(gradient, m, v, beta1, beta2):
    m = m + (1 - beta1)*(gradient - m)
    v = v + (1 - beta2)*(gradient*gradient - v)
    return m, v

### bias_correction | wrong | first|frozen|step|\*\*
def bias_correction(moment, beta, step):
    return moment/(1 - beta)

### bias_correction | wrong | multipl
def bias_correction(moment, beta, step):
    return moment*(1 - beta**step)

### bias_correction | wrong | times|multipl|power
def bias_correction(moment, beta, step):
    return moment/(1 - beta*step)

### bias_correction | wrong | parenthes
def bias_correction(moment, beta, step):
    return moment/1 - beta**step

### bias_correction | wrong | step \+ 1|one step|off|count
def bias_correction(moment, beta, step):
    return moment/(1 - beta**(step + 1))

### bias_correction | wrong | \*\*|power
def bias_correction(moment, beta, step):
    return moment/(1 - beta^step)

### bias_correction | wrong | changed|in place
def bias_correction(moment, beta, step):
    moment /= 1 - beta**step
    return moment

### bias_correction | wrong | 0\.9|fixed|constant|beta
def bias_correction(moment, beta, step):
    return moment/(1 - 0.9**step)

### bias_correction | right
def bias_correction(moment, beta, step):
    weight = 0.0
    for k in range(step):
        weight += (1 - beta)*beta**k
    return moment/weight

### adam | wrong | root|epsilon|parenthes
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/np.sqrt(v_hat) + epsilon, m, v

### adam | wrong | inside|root
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/np.sqrt(v_hat + epsilon), m, v

### adam | wrong | correct
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    return parameter - learning_rate*m/(np.sqrt(v) + epsilon), m, v

### adam | wrong | corrected.*(returned|remembered|kept)|remember
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m = bias_correction(m, beta1, step)
    v = bias_correction(v, beta2, step)
    return parameter - learning_rate*m/(np.sqrt(v) + epsilon), m, v

### adam | wrong | root
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(v_hat + epsilon), m, v

### adam | wrong | exchanged|swapped|beta2|beta1
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta2, beta1)
    m_hat = bias_correction(m, beta2, step)
    v_hat = bias_correction(v, beta1, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | up|sign|plus
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter + learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | gradient.*(numerator|instead|above the line)|m is not|momentum|without m
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | changed|in place
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m[...], v[...] = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | epsilon|1e-8|fixed|constant
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + 1e-8), m, v

### adam | wrong | old|before
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    new = parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon)
    m, v = moments(gradient, m, v, beta1, beta2)
    return new, m, v

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*gradient*gradient
    size = learning_rate*(1 - beta2**step)**0.5/(1 - beta1**step)
    return parameter - size*m/(v**0.5 + epsilon*(1 - beta2**step)**0.5), m, v

### decay_weights | wrong | learning.rate
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter*(1 - weight_decay)

### decay_weights | wrong | grow|sign|plus
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter*(1 + learning_rate*weight_decay)

### decay_weights | wrong | constant|parameter|subtract
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - learning_rate*weight_decay

### decay_weights | wrong | changed|in place
def decay_weights(parameter, learning_rate, weight_decay):
    parameter *= 1 - learning_rate*weight_decay
    return parameter

### decay_weights | wrong | only|decay alone|1 -|left
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter*learning_rate*weight_decay

### decay_weights | right
def decay_weights(parameter, learning_rate, weight_decay):
    shrink = learning_rate*weight_decay*parameter
    return parameter - shrink

### step_lr | wrong | integer|division|//
def step_decay(step, learning_rate, step_size, gamma):
    return learning_rate*gamma**(step/step_size)

### step_lr | wrong | once
def step_decay(step, learning_rate, step_size, gamma):
    if step >= step_size:
        return learning_rate*gamma
    return learning_rate

### step_lr | wrong | one step|early|late|\+ 1
def step_decay(step, learning_rate, step_size, gamma):
    return learning_rate*gamma**((step + 1)//step_size)

### step_lr | wrong | multiple|recover|%|back
def step_decay(step, learning_rate, step_size, gamma):
    if step % step_size == 0 and step > 0:
        return learning_rate*gamma
    return learning_rate

### step_lr | wrong | multipl|times|power
def step_decay(step, learning_rate, step_size, gamma):
    return learning_rate*gamma*(step//step_size)

### step_lr | wrong | \*\*|power
def step_decay(step, learning_rate, step_size, gamma):
    return learning_rate*gamma^(step//step_size)

### step_lr | right
def step_decay(step, learning_rate, step_size, gamma):
    drops = 0
    while step >= step_size:
        step = step - step_size
        drops = drops + 1
    return learning_rate*gamma**drops

### optimizer | wrong | None|zeros
class SGD(SGD):
    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                if parameter.grad is not None:
                    parameter.grad = np.zeros_like(parameter.data)

### optimizer | wrong | first group|group
class SGD(SGD):
    def zero_grad(self):
        for parameter in self.param_groups[0]["parameters"]:
            parameter.grad = None

### optimizer | wrong | first group|group
class SGD(SGD):
    def step(self, closure=None):
        loss = closure() if closure else None
        for parameter, gradient, state, group in self.ready():
            if group is self.param_groups[0]:
                self.update(parameter, gradient, state, group)
        return loss

### optimizer | wrong | zero_grad|gradients|clears
class SGD(SGD):
    def step(self, closure=None):
        self.zero_grad()
        loss = closure() if closure else None
        for parameter, gradient, state, group in self.ready():
            self.update(parameter, gradient, state, group)
        return loss

### optimizer | wrong | rule|update
class SGD(SGD):
    def step(self, closure=None):
        loss = closure() if closure else None
        for parameter, gradient, state, group in self.ready():
            parameter.data = parameter.data - group["learning_rate"]*gradient
        return loss

### optimizer | wrong | closure.*(loop|every|once)|once
class SGD(SGD):
    def step(self, closure=None):
        for parameter, gradient, state, group in self.ready():
            loss = closure() if closure else None
            self.update(parameter, gradient, state, group)
        return loss

### optimizer | wrong | loss|return
class SGD(SGD):
    def step(self, closure=None):
        if closure:
            closure()
        for parameter, gradient, state, group in self.ready():
            self.update(parameter, gradient, state, group)

### optimizer | wrong | closure
class SGD(SGD):
    def step(self, closure=None):
        for parameter, gradient, state, group in self.ready():
            self.update(parameter, gradient, state, group)

### optimizer | wrong | after|before|closure
class SGD(SGD):
    def step(self, closure=None):
        for parameter, gradient, state, group in self.ready():
            self.update(parameter, gradient, state, group)
        return closure() if closure else None

### optimizer | wrong | return|first parameter|loop
class SGD(SGD):
    def step(self, closure=None):
        loss = closure() if closure else None
        for parameter, gradient, state, group in self.ready():
            self.update(parameter, gradient, state, group)
            return loss

### optimizer | wrong | twice
class SGD(SGD):
    def step(self, closure=None):
        loss = closure() if closure else None
        for parameter, gradient, state, group in self.ready():
            self.update(parameter, gradient, state, group)
        for parameter, gradient, state, group in self.ready():
            self.update(parameter, gradient, state, group)
        return loss

### optimizer | right
class SGD(SGD):
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self, closure=None):
        loss = None
        if closure is not None:
            loss = closure()
        for entry in self.ready():
            self.update(*entry)
        return loss

### SGD | wrong | class|share|instance|two
class SGD(object):
    velocities = {}
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        parameters = list(parameters)
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = [{"learning_rate": learning_rate, "momentum": momentum, "weight_decay": weight_decay, **g}
                             for g in groups]
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        for i, group in enumerate(self.param_groups):
            for j, p in enumerate(group["parameters"]):
                if p.grad is None:
                    continue
                g = p.grad.data + group["weight_decay"]*p.data
                v = group["momentum"]*self.velocities.get((i, j), 0) + g
                self.velocities[i, j] = v
                p.data = p.data - group["learning_rate"]*v

### SGD | wrong | share|one velocity|own
class SGD(object):
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        parameters = list(parameters)
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = [{"learning_rate": learning_rate, "momentum": momentum, "weight_decay": weight_decay, **g}
                             for g in groups]
        self.velocity = 0
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is None:
                    continue
                g = p.grad.data + group["weight_decay"]*p.data
                self.velocity = group["momentum"]*self.velocity + g
                p.data = p.data - group["learning_rate"]*self.velocity

### SGD | wrong | group
class SGD(object):
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        parameters = list(parameters)
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = [{"learning_rate": learning_rate, "momentum": momentum, "weight_decay": weight_decay, **g}
                             for g in groups]
        self.learning_rate, self.momentum, self.weight_decay = learning_rate, momentum, weight_decay
        self.velocity = {}
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is None:
                    continue
                g = p.grad.data + self.weight_decay*p.data
                self.velocity[id(p)] = self.momentum*self.velocity.get(id(p), 0) + g
                p.data = p.data - self.learning_rate*self.velocity[id(p)]

### SGD | wrong | generator|iterable|once|twice
class SGD(object):
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        self.velocity = {}
        if isinstance(parameters, list) and isinstance(parameters[0], dict):
            self.param_groups = [{"learning_rate": learning_rate, "momentum": momentum,
                                  "weight_decay": weight_decay, **g} for g in parameters]
        else:
            self.param_groups = [{"parameters": parameters, "learning_rate": learning_rate, "momentum": momentum,
                                  "weight_decay": weight_decay}]
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is None:
                    continue
                g = p.grad.data + group["weight_decay"]*p.data
                self.velocity[id(p)] = group["momentum"]*self.velocity.get(id(p), 0) + g
                p.data = p.data - group["learning_rate"]*self.velocity[id(p)]

### SGD | right
class SGD(object):
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        parameters = list(parameters)
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = []
        for g in groups:
            group = dict(learning_rate=learning_rate, momentum=momentum, weight_decay=weight_decay)
            group.update(g)
            self.param_groups.append(group)
        self.velocity = {}
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is not None:
                    g = p.grad.data + group["weight_decay"]*p.data
                    v = self.velocity.get(id(p), np.zeros_like(p.data))
                    v = group["momentum"]*v + g
                    self.velocity[id(p)] = v
                    p.data = p.data - group["learning_rate"]*v

### Adam | wrong | counter|count|own step
class Adam(object):
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        parameters = list(parameters)
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = [{"learning_rate": learning_rate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon, **g}
                             for g in groups]
        self.m, self.v, self.t = {}, {}, 0
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        self.t += 1
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is None:
                    continue
                g = p.grad.data
                self.m[id(p)] = group["beta1"]*self.m.get(id(p), 0) + (1 - group["beta1"])*g
                self.v[id(p)] = group["beta2"]*self.v.get(id(p), 0) + (1 - group["beta2"])*g**2
                m_hat = self.m[id(p)]/(1 - group["beta1"]**self.t)
                v_hat = self.v[id(p)]/(1 - group["beta2"]**self.t)
                p.data = p.data - group["learning_rate"]*m_hat/(np.sqrt(v_hat) + group["epsilon"])

### Adam | wrong | count|inside|every parameter|loop
class Adam(object):
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        parameters = list(parameters)
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = [{"learning_rate": learning_rate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon, **g}
                             for g in groups]
        self.m, self.v, self.t = {}, {}, 0
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is None:
                    continue
                self.t += 1
                g = p.grad.data
                self.m[id(p)] = group["beta1"]*self.m.get(id(p), 0) + (1 - group["beta1"])*g
                self.v[id(p)] = group["beta2"]*self.v.get(id(p), 0) + (1 - group["beta2"])*g**2
                m_hat = self.m[id(p)]/(1 - group["beta1"]**self.t)
                v_hat = self.v[id(p)]/(1 - group["beta2"]**self.t)
                p.data = p.data - group["learning_rate"]*m_hat/(np.sqrt(v_hat) + group["epsilon"])

### Adam | wrong | epsilon|parenthes|root
class Adam(Adam):
    def update(self, parameter, gradient, state, group):
        m, v = moments(gradient, state["m"], state["v"], group["beta1"], group["beta2"])
        state["m"], state["v"] = m, v
        m_hat = bias_correction(m, group["beta1"], state["step"])
        v_hat = bias_correction(v, group["beta2"], state["step"])
        parameter.data = parameter.data - group["learning_rate"]*m_hat/np.sqrt(v_hat) + group["epsilon"]

### AdamW | wrong | after|before
class AdamW(AdamW):
    def update(self, parameter, gradient, state, group):
        p, state["m"], state["v"] = adam(parameter.data, gradient, state["m"], state["v"], state["step"],
                                         group["learning_rate"], group["beta1"], group["beta2"], group["epsilon"])
        parameter.data = decay_weights(p, group["learning_rate"], group["weight_decay"])

### AdamW | wrong | L2|gradient|decoupled
class AdamW(Adam):
    def __init__(self, parameters, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.01):
        super().__init__(parameters, learning_rate, beta1, beta2, epsilon, weight_decay)

### AdamW | wrong | learning.rate
class AdamW(AdamW):
    def update(self, parameter, gradient, state, group):
        shrunk = parameter.data*(1 - group["weight_decay"])
        parameter.data, state["m"], state["v"] = adam(
            shrunk, gradient, state["m"], state["v"], state["step"], group["learning_rate"], group["beta1"],
            group["beta2"], group["epsilon"])

### StepLR | wrong | group
class StepLR(object):
    def __init__(self, optimizer, step_size, gamma=0.1):
        self.optimizer, self.step_size, self.gamma, self.count = optimizer, step_size, gamma, 0
    def step(self):
        self.count += 1
        if self.count % self.step_size == 0:
            self.optimizer.param_groups[0]["learning_rate"] *= self.gamma
    def get_last_lr(self):
        return [g["learning_rate"] for g in self.optimizer.param_groups]

### StepLR | wrong | base|compound|again
class StepLR(object):
    def __init__(self, optimizer, step_size, gamma=0.1):
        self.optimizer, self.step_size, self.gamma, self.count = optimizer, step_size, gamma, 0
    def step(self):
        self.count += 1
        for g in self.optimizer.param_groups:
            g["learning_rate"] *= self.gamma**(self.count//self.step_size)
    def get_last_lr(self):
        return [g["learning_rate"] for g in self.optimizer.param_groups]

### StepLR | wrong | list|every group
class StepLR(object):
    def __init__(self, optimizer, step_size, gamma=0.1):
        self.optimizer, self.step_size, self.gamma, self.count = optimizer, step_size, gamma, 0
    def step(self):
        self.count += 1
        if self.count % self.step_size == 0:
            for g in self.optimizer.param_groups:
                g["learning_rate"] *= self.gamma
    def get_last_lr(self):
        return self.optimizer.param_groups[0]["learning_rate"]

### StepLR | wrong | step_size \+ 1|one step|late|early|counts from
class StepLR(object):
    def __init__(self, optimizer, step_size, gamma=0.1):
        self.optimizer, self.step_size, self.gamma, self.count = optimizer, step_size, gamma, 0
    def step(self):
        if self.count % self.step_size == 0 and self.count > 0:
            for g in self.optimizer.param_groups:
                g["learning_rate"] *= self.gamma
        self.count += 1
    def get_last_lr(self):
        return [g["learning_rate"] for g in self.optimizer.param_groups]

### StepLR | right
class StepLR(object):
    def __init__(self, optimizer, step_size, gamma=0.1):
        self.optimizer, self.step_size, self.gamma, self.epoch = optimizer, step_size, gamma, 0
        self.base = [g["learning_rate"] for g in optimizer.param_groups]
    def step(self):
        self.epoch += 1
        for g, base in zip(self.optimizer.param_groups, self.base):
            g["learning_rate"] = base*self.gamma**(self.epoch//self.step_size)
    def get_last_lr(self):
        return [g["learning_rate"] for g in self.optimizer.param_groups]

### stability | wrong | 1/|half|converge
answer = 1/50

### stability | wrong | shallow|steep
answer = 2/1

### first_adam_step | wrong | epsilon
answer = 0.1

### first_adam_step | wrong | gradient|learning rate times
answer = 0.1*1e-6

# ---- a second round, written when the first one had been acted upon

### unbroadcast | wrong | first copy|sum|cut to the shape
def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient[0]
    for i, n in enumerate(shape):
        if n == 1:
            gradient = gradient.sum(axis=i, keepdims=True)
    return gradient

### unbroadcast | wrong | ValueError|exception|refuse
def unbroadcast(gradient, shape):
    extra = gradient.ndim - len(shape)
    if extra < 0:
        raise TypeError("too many axes")
    out = gradient.sum(axis=tuple(range(extra)))
    out = out.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)
    if out.shape != tuple(shape):
        raise TypeError("shape does not fit")
    return out

### unbroadcast | wrong | max|largest
def unbroadcast(gradient, shape):
    extra = gradient.ndim - len(shape)
    out = gradient.max(axis=tuple(range(extra)))
    return out.max(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)

### unbroadcast | wrong | last|end|front
def unbroadcast(gradient, shape):
    if len(shape) > gradient.ndim:
        raise ValueError("too many axes")
    out = gradient.sum(axis=tuple(range(len(shape), gradient.ndim)))
    return out.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)

### unbroadcast | right
def unbroadcast(gradient, shape):
    n = gradient.ndim - len(shape)
    if n < 0:
        raise ValueError(f"{shape} has more axes than {gradient.shape}")
    for size, want in zip(gradient.shape[n:], shape):
        if want != size and want != 1:
            raise ValueError(f"{shape} does not broadcast to {gradient.shape}")
    axes = list(range(n)) + [i + n for i, want in enumerate(shape) if want == 1]
    return np.add.reduce(gradient, axis=tuple(axes)).reshape(shape)

### sigmoid | wrong | derivative
def sigmoid(x):
    e = np.exp(-np.abs(x))
    s = np.where(x >= 0, 1, e)/(1 + e)
    return s*(1 - s)

### sigmoid | wrong | float64|dtype|promot
def sigmoid(x):
    e = np.exp(-np.abs(x.astype(np.float64)))
    return np.where(x >= 0, 1.0, e)/(1 + e)

### sigmoid | wrong | e to|sign|mirror|turn
def sigmoid(x):
    return 1/(1 + np.exp(np.clip(x, -500, 500)))

### sigmoid | right
def sigmoid(x):
    out = np.empty_like(x)
    positive = x >= 0
    out[positive] = 1/(1 + np.exp(-x[positive]))
    e = np.exp(x[~positive])
    out[~positive] = e/(1 + e)
    return out

### divide_vjp | wrong | swap|exchang
def divide_numerator(g, y, a, b):
    return -g*a/b**2

def divide_denominator(g, y, a, b):
    return g/b

### divide_vjp | wrong | y|square
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*y/b**2

### divide_vjp | wrong | changed|in place
def divide_numerator(g, y, a, b):
    g /= b
    return g

def divide_denominator(g, y, a, b):
    return -g*y/b

### divide_vjp | right
def divide_numerator(g, y, a, b):
    slope = np.reciprocal(b)
    return slope*g

def divide_denominator(g, y, a, b):
    slope = -a/np.square(b)
    return np.multiply(slope, g)

### max_vjp | wrong | smallest|min
def max_vjp(g, y, a, axis, keepdims):
    hit = a == a.min(axis=axis, keepdims=True)
    return hit*spread(g, a, axis, keepdims)/hit.sum(axis=axis, keepdims=True, dtype=a.dtype)

### max_vjp | wrong | spread|shape|broadcast|axis
def max_vjp(g, y, a, axis, keepdims):
    hit = a == y
    return hit*g/hit.sum(axis=axis, keepdims=True, dtype=a.dtype)

### max_vjp | wrong | size|length|number of elements|all
def max_vjp(g, y, a, axis, keepdims):
    hit = a == spread(y, a, axis, keepdims)
    return hit*spread(g, a, axis, keepdims)/a.shape[-1]

### getitem_vjp | wrong | shape|placed|array of a
def getitem_vjp(g, y, a, index):
    return g

### getitem_vjp | wrong | float|dtype
def getitem_vjp(g, y, a, index):
    full = np.zeros(a.shape)
    np.add.at(full, index, g)
    return full

### getitem_vjp | wrong | ones|forgotten|incoming
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a)
    np.add.at(full, index, 1)
    return full

### getitem_vjp | wrong | subtract|negative|sign
def getitem_vjp(g, y, a, index):
    full = np.zeros_like(a)
    np.subtract.at(full, index, g)
    return full

### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    out = np.zeros(a.shape, g.dtype)
    np.add.at(out, index, g)
    return out + 0

### matmul_vjp | wrong | forgotten|incoming
def matmul_left(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = np.ones_like(g) @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows.swapaxes(-1, -2) @ np.ones_like(g)
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | wrong | order
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
    result = g @ columns.swapaxes(-1, -2)
    return result if a.ndim > 1 else result[..., 0, :]

def matmul_right(g, y, a, b):
    g, rows, columns = as_matrices(g, a, b)
    result = rows @ g
    return result if b.ndim > 1 else result[..., 0]

### matmul_vjp | right
def matmul_left(g, y, a, b):
    if b.ndim == 1:
        return g[..., None]*b
    if a.ndim == 1:
        return (b @ g[..., None])[..., 0]
    return np.einsum("...ij,...kj->...ik", g, b)

def matmul_right(g, y, a, b):
    if a.ndim == 1 and b.ndim == 1:
        return g*a
    if a.ndim == 1:
        return a[:, None]*g[..., None, :]
    if b.ndim == 1:
        return (a.swapaxes(-1, -2) @ g[..., None])[..., 0]
    return np.einsum("...ji,...jk->...ik", a, g)

### accumulate | wrong | mean|averag
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
    else:
        leaf.grad = (leaf.grad.data + gradient)/2

### accumulate | wrong | subtract
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
    else:
        leaf.grad = leaf.grad.data - gradient

### accumulate | wrong | truth|is not None|condition
def accumulate(leaf, gradient, arrived):
    if not leaf.grad:
        leaf.grad = gradient.copy()
    else:
        leaf.grad = leaf.grad.data + gradient

### accumulate | wrong | first|kept
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()

### accumulate | wrong | return|assign
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        return gradient
    return leaf.grad.data + gradient

### dense | wrong | names both|shapes
class Dense(Dense):
    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError("the inputs have the wrong width")
        return inputs @ self.weight + self.bias

### dense | wrong | twice
class Dense(Dense):
    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape}")
        out = inputs @ self.weight + self.bias
        return out + self.bias

### dense | wrong | second axis|last|first axis|example
class Dense(Dense):
    def forward(self, inputs):
        if inputs.shape[1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape}")
        return inputs @ self.weight + self.bias

### dense | wrong | activat|relu
class Dense(Dense):
    def forward(self, inputs):
        if inputs.ndim == 0 or inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} and {self.weight.shape}")
        return np.maximum(inputs @ self.weight + self.bias, 0)

### dense | right
class Dense(Dense):
    def forward(self, inputs):
        wanted = self.weight.shape[0]
        shape = inputs.shape
        if len(shape) == 0 or shape[-1] != wanted:
            raise ValueError("Dense got " + str(shape) + " but its weight is " + str(self.weight.shape))
        y = inputs @ self.weight
        if self.bias is not None:
            y = y + self.bias
        return y

### cross_entropy | wrong | classes|batch|divid|mean
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].sum()/logits.size

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/logits.size

### cross_entropy | wrong | sign|minus|onehot
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] += 1
    return p*g/len(targets)

### cross_entropy | wrong | batch|divid|mean
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g

### cross_entropy | wrong | one-?hot|subtract|1
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    return p*g/len(targets)

### cross_entropy | wrong | logits|log
def cross_entropy(logits, targets):
    return -logits[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return p*g/len(targets)

### batches | wrong | swap|first
class DataLoader(DataLoader):
    def __iter__(self):
        order = self.generator.permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
        for start in range(0, len(order), self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.targets[rows], self.inputs[rows])

### batches | wrong | first batch|return
class DataLoader(DataLoader):
    def __iter__(self):
        order = self.generator.permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
        for start in range(0, len(order), self.batch_size):
            rows = order[start:start + self.batch_size]
            return iter([Batch(self.inputs[rows], self.targets[rows])])

### batches | wrong | None|in place|shuffle
class DataLoader(DataLoader):
    def __iter__(self):
        order = np.arange(len(self.inputs))
        if self.shuffle:
            order = self.generator.shuffle(order)
        for start in range(0, len(self.inputs), self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | same order|every pass|once|drawn
class DataLoader(DataLoader):
    def __iter__(self):
        order = np.random.default_rng(0).permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
        for start in range(0, len(order), self.batch_size):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | overlap|advance|step
class DataLoader(DataLoader):
    def __iter__(self):
        order = self.generator.permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
        for start in range(len(order)):
            rows = order[start:start + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | right
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        order = list(range(n))
        if self.shuffle:
            order = list(self.generator.permutation(n))
        batch = []
        for i in order[:self.used]:
            batch.append(i)
            if len(batch) == self.batch_size:
                yield Batch(self.inputs[batch], self.targets[batch])
                batch = []
        if batch:
            yield Batch(self.inputs[batch], self.targets[batch])

### exponential_decay | wrong | one|behind|early|late
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*gamma**(step - 1)

### exponential_decay | wrong | base
def exponential_decay(step, learning_rate, gamma):
    return gamma**step

### exponential_decay | wrong | order|calls|asked|once|multipl
def exponential_decay(step, learning_rate, gamma):
    if step == 0:
        return learning_rate
    return learning_rate*gamma

### exponential_decay | right
def exponential_decay(step, learning_rate, gamma):
    if step == 0:
        return learning_rate
    return gamma*exponential_decay(step - 1, learning_rate, gamma)

### polynomial_decay | wrong | total_iters - 1|one|early
def polynomial_decay(step, learning_rate, total_iters, power=1.0, eta_min=0.0):
    f = min(1, step/(total_iters - 1))
    return eta_min + (learning_rate - eta_min)*(1 - f)**power

### polynomial_decay | wrong | zero|0|eta_min|floor
def polynomial_decay(step, learning_rate, total_iters, power=1.0, eta_min=0.0):
    if step >= total_iters:
        return 0.0
    return eta_min + (learning_rate - eta_min)*(1 - step/total_iters)**power

### polynomial_decay | wrong | rise|fraction|left|grows
def polynomial_decay(step, learning_rate, total_iters, power=1.0, eta_min=0.0):
    f = min(step, total_iters)/total_iters
    return eta_min + (learning_rate - eta_min)*f**power

### cosine_annealing | wrong | degree|radian|pi|π
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(step/T_max))/2

### cosine_annealing | wrong | sign|minus|rise
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 - math.cos(math.pi*step/T_max))/2

### cosine_annealing | wrong | one|step \+ 1|ahead
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(math.pi*(step + 1)/T_max))/2

### cosine_annealing | wrong | parenthes|half
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*1 + math.cos(math.pi*step/T_max)/2

### cosine_annealing | right
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    w = math.cos(math.pi*step/(2*T_max))**2
    return w*learning_rate + (1 - w)*eta_min

### one_cycle | wrong | last rate|floor
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4, anneal_strategy="cos",
              three_phase=False):
    low = max_lr/div_factor
    values = [low, max_lr, low, low] if three_phase else [low, max_lr, low]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | peak|pct_start|part
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*(total_steps - 1)
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4, anneal_strategy="cos",
              three_phase=False):
    low = max_lr/div_factor
    values = [low, max_lr, low, low/final_div_factor] if three_phase else [low, max_lr, low/final_div_factor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | whole|round|int
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = int(pct_start*total_steps) - 1
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4, anneal_strategy="cos",
              three_phase=False):
    low = max_lr/div_factor
    values = [low, max_lr, low, low/final_div_factor] if three_phase else [low, max_lr, low/final_div_factor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### warmup | wrong | base
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return 1.0
    return start_factor + (1 - start_factor)*step/warmup_steps

### warmup | wrong | whole|round|//
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*(start_factor + (1 - start_factor)*(step//warmup_steps))

### warmup | wrong | down|wrong way|falls
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*(1 - (1 - start_factor)*step/warmup_steps)

### clip_grad_norm | wrong | None
def clip_grad_norm(parameters, max_norm):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            p.grad = p.grad.data*(max_norm/norm)
    return norm

### clip_grad_norm | wrong | returned|return
def clip_grad_norm(parameters, max_norm):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)

### clip_grad_norm | wrong | norm/max_norm|upside|inverted
def clip_grad_norm(parameters, max_norm):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(norm/max_norm)
    return norm

### clip_grad_norm | wrong | parameters are|weights|data
def clip_grad_norm(parameters, max_norm):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.data = p.data*(max_norm/norm)
    return norm

### ema | wrong | mean|decay
def ema(average, value, decay):
    return (average + value)/2

### ema | wrong | subtract|sign|minus
def ema(average, value, decay):
    return decay*average - (1 - decay)*value

### ema | wrong | both|1 - decay|add up
def ema(average, value, decay):
    return decay*average + decay*value

### gradient_descent_step | wrong | sum|one step|element
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate*parameter.grad.data.sum()

### gradient_descent_step | wrong | divid
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - parameter.grad.data/learning_rate

### gradient_descent_step | wrong | gradient|moved|data
def gradient_descent_step(parameter, learning_rate):
    parameter.grad = parameter.data - learning_rate*parameter.grad.data

### gradient_descent_step | wrong | parenthes|whole|difference
def gradient_descent_step(parameter, learning_rate):
    parameter.data = (parameter.data - parameter.grad.data)*learning_rate

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    new = parameter.data + (-learning_rate)*parameter.grad.data
    parameter.data = new

### momentum | wrong | learning.rate
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + learning_rate*gradient
    return parameter - velocity, velocity

### momentum | wrong | look-ahead|Nesterov
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    parameter = parameter - learning_rate*(momentum*velocity + gradient)
    return parameter, velocity

### momentum | wrong | sign|minus|downhill|direction
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity - gradient
    return parameter + learning_rate*velocity, velocity

### momentum | wrong | learning.rate
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter - 0.01*velocity, velocity

### momentum | wrong | shrink|parenthes|both
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*(velocity + gradient)
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | old|handed on|came in|again
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    new_velocity = momentum*velocity + gradient
    return parameter - learning_rate*new_velocity, velocity

### momentum | wrong | not used|gradient alone|plain
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    parameter = parameter - learning_rate*gradient
    return parameter, velocity

### momentum | wrong | name
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + grad
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | nothing|return
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    parameter = parameter - learning_rate*velocity

### nesterov | wrong | parenthes
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*gradient + momentum*velocity, velocity

### nesterov | wrong | missing|gradient
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*momentum*velocity, velocity

### nesterov | wrong | up|sign|added
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter + learning_rate*(gradient + momentum*velocity), velocity

### nesterov | wrong | order|swapped
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return velocity, parameter - learning_rate*(gradient + momentum*velocity)

### nesterov | wrong | only|lost|one
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*(gradient + momentum*velocity)

### moments | wrong | order|swapped
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*gradient**2
    return v, m

### moments | wrong | exchang|swap
def moments(gradient, m, v, beta1, beta2):
    m = (1 - beta1)*m + beta1*gradient
    v = (1 - beta2)*v + beta2*gradient**2
    return m, v

### moments | wrong | absolute|abs|\|gradient\|
def moments(gradient, m, v, beta1, beta2):
    return beta1*m + (1 - beta1)*gradient, beta2*v + (1 - beta2)*np.abs(gradient)

### moments | wrong | parenthes|factor
def moments(gradient, m, v, beta1, beta2):
    return beta1*m + (1 - beta1)*gradient, beta2*v + ((1 - beta2)*gradient)**2

### moments | wrong | parenthes|1 -
def moments(gradient, m, v, beta1, beta2):
    return beta1*m + 1 - beta1*gradient, beta2*v + 1 - beta2*gradient**2

### bias_correction | wrong | sign|minus
def bias_correction(moment, beta, step):
    return moment/(beta**step - 1)

### bias_correction | wrong | nothing|not corrected|unchanged|as it
def bias_correction(moment, beta, step):
    return moment

### bias_correction | wrong | power|outside|parenthes
def bias_correction(moment, beta, step):
    return moment/(1 - beta)**step

### bias_correction | wrong | root
def bias_correction(moment, beta, step):
    return moment/np.sqrt(1 - beta**step)

### adam | wrong | only.*(first|m)|second|v
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v) + epsilon), m, v

### adam | wrong | beta1|beta2
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta1, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | frozen|step|first
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat, v_hat = m/(1 - beta1), v/(1 - beta2)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | parenthes|whole
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return (parameter - learning_rate*m_hat)/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | one step|ahead|count|\+ 1
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step + 1)
    v_hat = bias_correction(v, beta2, step + 1)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | m, v|order|swapped|return
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), v, m

### adam | wrong | learning.rate
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | name
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mhat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### decay_weights | wrong | squar
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - learning_rate*weight_decay*parameter**2

### decay_weights | wrong | twice|doubled|2
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - 2*learning_rate*weight_decay*parameter

### decay_weights | wrong | nothing|return
def decay_weights(parameter, learning_rate, weight_decay):
    parameter = parameter*(1 - learning_rate*weight_decay)

### step_lr | wrong | grow|divid
def step_decay(step, learning_rate, step_size, gamma):
    return learning_rate/gamma**(step//step_size)

### step_lr | wrong | every step
def step_decay(step, learning_rate, step_size, gamma):
    return learning_rate*gamma**step

### step_lr | wrong | remainder|%
def step_decay(step, learning_rate, step_size, gamma):
    return learning_rate*gamma**(step % step_size)

### optimizer | wrong | None|took no part|zero
class SGD(SGD):
    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = np.zeros_like(parameter.data)

### optimizer | wrong | zero_grad|leaves|nothing
class SGD(SGD):
    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                grad = None

### optimizer | wrong | first parameter|return|loop
class SGD(SGD):
    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None
                return

### optimizer | wrong | clear|belong
class SGD(SGD):
    def step(self, closure=None):
        loss = closure() if closure else None
        for parameter, gradient, state, group in self.ready():
            self.update(parameter, gradient, state, group)
        self.zero_grad()
        return loss

### optimizer | wrong | moves nothing|nothing
class SGD(SGD):
    def step(self, closure=None):
        loss = closure() if closure else None
        return loss

### SGD | wrong | momentum
class SGD(object):
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        parameters = list(parameters)
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = [{"learning_rate": learning_rate, "momentum": momentum, "weight_decay": weight_decay, **g}
                             for g in groups]
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is not None:
                    g = p.grad.data + group["weight_decay"]*p.data
                    p.data = p.data - group["learning_rate"]*g

### SGD | wrong | None|return|stop|continue
class SGD(object):
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        parameters = list(parameters)
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = [{"learning_rate": learning_rate, "momentum": momentum, "weight_decay": weight_decay, **g}
                             for g in groups]
        self.velocity = {}
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is None:
                    return
                g = p.grad.data + group["weight_decay"]*p.data
                self.velocity[id(p)] = group["momentum"]*self.velocity.get(id(p), 0) + g
                p.data = p.data - group["learning_rate"]*self.velocity[id(p)]

### SGD | wrong | clear|memory|velocit|zero_grad
class SGD(object):
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        parameters = list(parameters)
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = [{"learning_rate": learning_rate, "momentum": momentum, "weight_decay": weight_decay, **g}
                             for g in groups]
        self.velocity = {}
    def zero_grad(self):
        self.velocity = {}
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is not None:
                    g = p.grad.data + group["weight_decay"]*p.data
                    self.velocity[id(p)] = group["momentum"]*self.velocity.get(id(p), 0) + g
                    p.data = p.data - group["learning_rate"]*self.velocity[id(p)]

### Adam | wrong | share|own
class Adam(Adam):
    def update(self, parameter, gradient, state, group):
        memory = self.__dict__.setdefault("memory", {})
        m, v = memory.get("m", 0), memory.get("v", 0)
        m, v = moments(gradient, m, v, group["beta1"], group["beta2"])
        memory["m"], memory["v"] = m, v
        m_hat = bias_correction(m, group["beta1"], state["step"])
        v_hat = bias_correction(v, group["beta2"], state["step"])
        parameter.data = parameter.data - group["learning_rate"]*m_hat/(np.sqrt(v_hat) + group["epsilon"])

### Adam | wrong | correct
class Adam(Adam):
    def update(self, parameter, gradient, state, group):
        m, v = moments(gradient, state["m"], state["v"], group["beta1"], group["beta2"])
        state["m"], state["v"] = m, v
        parameter.data = parameter.data - group["learning_rate"]*m/(np.sqrt(v) + group["epsilon"])

### AdamW | wrong | grow|sign
class AdamW(AdamW):
    def update(self, parameter, gradient, state, group):
        shrunk = parameter.data*(1 + group["learning_rate"]*group["weight_decay"])
        parameter.data, state["m"], state["v"] = adam(
            shrunk, gradient, state["m"], state["v"], state["step"], group["learning_rate"], group["beta1"],
            group["beta2"], group["epsilon"])

### AdamW | wrong | ignored|decay
class AdamW(AdamW):
    def update(self, parameter, gradient, state, group):
        parameter.data, state["m"], state["v"] = adam(
            parameter.data, gradient, state["m"], state["v"], state["step"], group["learning_rate"], group["beta1"],
            group["beta2"], group["epsilon"])

### StepLR | wrong | once
class StepLR(object):
    def __init__(self, optimizer, step_size, gamma=0.1):
        self.optimizer, self.step_size, self.gamma, self.count = optimizer, step_size, gamma, 0
    def step(self):
        self.count += 1
        if self.count == self.step_size:
            for g in self.optimizer.param_groups:
                g["learning_rate"] *= self.gamma
    def get_last_lr(self):
        return [g["learning_rate"] for g in self.optimizer.param_groups]

### StepLR | wrong | class|share
class StepLR(object):
    counts = {}
    def __init__(self, optimizer, step_size, gamma=0.1):
        self.optimizer, self.step_size, self.gamma = optimizer, step_size, gamma
    def step(self):
        self.counts["step"] = self.counts.get("step", 0) + 1
        if self.counts["step"] % self.step_size == 0:
            for g in self.optimizer.param_groups:
                g["learning_rate"] *= self.gamma
    def get_last_lr(self):
        return [g["learning_rate"] for g in self.optimizer.param_groups]

### StepLR | wrong | every step
class StepLR(object):
    def __init__(self, optimizer, step_size, gamma=0.1):
        self.optimizer, self.step_size, self.gamma = optimizer, step_size, gamma
    def step(self):
        for g in self.optimizer.param_groups:
            g["learning_rate"] *= self.gamma
    def get_last_lr(self):
        return [g["learning_rate"] for g in self.optimizer.param_groups]

### stability | wrong | root|square
answer = (2/50)**0.5

### first_adam_step | wrong | sign|minus|length
answer = -0.1*1e-6/(1e-6 + 1e-8)

### SGD | right
class SGD(object):
    def __init__(self, parameters, learning_rate=0.01, momentum=0.0, weight_decay=0.0):
        self.parameters = [p for p in parameters]
        if self.parameters and isinstance(self.parameters[0], dict):
            groups = self.parameters
        else:
            groups = [dict(parameters=self.parameters)]
        defaults = dict(learning_rate=learning_rate, momentum=momentum, weight_decay=weight_decay)
        self.param_groups = [dict(defaults, **g) for g in groups]
        self.velocities = [[np.zeros_like(p.data) for p in g["parameters"]] for g in self.param_groups]
    def zero_grad(self):
        for g in self.param_groups:
            for p in g["parameters"]:
                p.grad = None
    def step(self, closure=None):
        for group, velocities in zip(self.param_groups, self.velocities):
            for i, p in enumerate(group["parameters"]):
                if p.grad is None:
                    continue
                d = p.grad.data
                if group["weight_decay"] != 0:
                    d = d + group["weight_decay"]*p.data
                if group["momentum"] != 0:
                    velocities[i] *= group["momentum"]
                    velocities[i] += d
                    d = velocities[i]
                p.data -= group["learning_rate"]*d

### Adam | right
class Adam(object):
    names = ["m", "v"]
    defaults = {"beta1": 0.9, "beta2": 0.999}
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        parameters = list(parameters)
        groups = parameters if isinstance(parameters[0], dict) else [{"parameters": parameters}]
        self.param_groups = [{"learning_rate": learning_rate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon, **g}
                             for g in groups]
        self.state = {}
    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
    def step(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                if p.grad is None:
                    continue
                if id(p) not in self.state:
                    self.state[id(p)] = {"t": 0, "m": np.zeros_like(p.data), "v": np.zeros_like(p.data)}
                s, g = self.state[id(p)], p.grad.data
                s["t"] += 1
                s["m"] = group["beta1"]*s["m"] + (1 - group["beta1"])*g
                s["v"] = group["beta2"]*s["v"] + (1 - group["beta2"])*g*g
                m_hat = s["m"]/(1 - group["beta1"]**s["t"])
                v_hat = s["v"]/(1 - group["beta2"]**s["t"])
                p.data = p.data - group["learning_rate"]*m_hat/(np.sqrt(v_hat) + group["epsilon"])

### AdamW | right
class AdamW(AdamW):
    def update(self, parameter, gradient, state, group):
        if group["amsgrad"] or group["maximize"]:
            return super().update(parameter, gradient, state, group)
        p = decay_weights(parameter.data, group["learning_rate"], group["weight_decay"])
        p, state["m"], state["v"] = adam(p, gradient, state["m"], state["v"], state["step"], group["learning_rate"],
                                         group["beta1"], group["beta2"], group["epsilon"])
        parameter.data = p

### StepLR | right
class StepLR(object):
    def __init__(self, optimizer, step_size, gamma=0.1):
        self.optimizer, self.step_size, self.gamma, self.left = optimizer, step_size, gamma, step_size
    def step(self):
        self.left -= 1
        if self.left == 0:
            self.left = self.step_size
            for group in self.optimizer.param_groups:
                group["learning_rate"] = group["learning_rate"]*self.gamma
    def get_last_lr(self):
        return [group["learning_rate"] for group in self.optimizer.param_groups]

### optimizer | right
class SGD(SGD):
    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                if parameter.grad is not None:
                    parameter.grad = None
    def step(self, closure=None):
        loss = None if closure is None else closure()
        moving = self.ready()
        for i in range(len(moving)):
            self.update(*moving[i])
        return loss

### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm):
    if not max_norm > 0:
        raise ValueError(f"max_norm must be above 0, got {max_norm}")
    parameters = [p for p in variables(parameters) if p.grad is not None]
    norm = gradient_norm(parameters)
    scale = max_norm/norm if norm > max_norm and np.isfinite(norm) else 1.0
    for p in parameters:
        p.grad = p.grad.data*scale
    return norm

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = velocity*momentum + gradient
    look_ahead = gradient + velocity*momentum
    return (parameter - look_ahead*learning_rate, velocity)

### moments | right
def moments(gradient, m, v, beta1, beta2):
    new_m = np.multiply(beta1, m) + np.multiply(1 - beta1, gradient)
    new_v = np.multiply(beta2, v) + np.multiply(1 - beta2, np.power(gradient, 2))
    return new_m.astype(m.dtype), new_v.astype(v.dtype)

### ema | right
def ema(average, value, decay):
    keep, take = decay, 1 - decay
    return np.add(keep*average, take*value)

### polynomial_decay | right
def polynomial_decay(step, learning_rate, total_iters, power=1.0, eta_min=0.0):
    if step > total_iters:
        step = total_iters
    return (learning_rate - eta_min)*(1 - step/total_iters)**power + eta_min

### one_cycle | right
def one_cycle_knots(total_steps, pct_start, three_phase):
    up = pct_start*total_steps - 1
    knots = [0, up]
    if three_phase:
        knots.append(2*up)
    return knots + [total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4, anneal_strategy="cos",
              three_phase=False):
    first = max_lr/div_factor
    last = first/final_div_factor
    values = [first, max_lr] + ([first] if three_phase else []) + [last]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### cross_entropy | right
def cross_entropy(logits, targets):
    rows = range(len(targets))
    return -sum(log_softmax(logits)[i, targets[i]] for i in rows)/len(targets)

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    for i, t in enumerate(targets):
        p[i, t] -= 1
    return p*(g/len(targets))

### clip_grad_norm | wrong | norm_type
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm, parameters = check_number("max_norm", max_norm, "(0, inf]"), variables(parameters)
    norm = gradient_norm(parameters)
    if max_norm < norm < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/norm)
    return norm

### orthogonalize | wrong | element|products of matrices
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        x = a*x + b*x**3 + c*x**5
    return x

### orthogonalize | wrong | in place|changed|the matrix it was given
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    matrix /= max(np.linalg.norm(matrix), epsilon)
    for _ in range(ns_steps):
        g = matrix @ matrix.T
        matrix = a*matrix + (b*g + c*g @ g) @ matrix
    return matrix

### orthogonalize | wrong | once|before the loop|gram
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = unit_frobenius(matrix, epsilon)
    A = x @ x.T
    B = b*A + c*A @ A
    for _ in range(ns_steps):
        x = a*x + B @ x
    return x

### orthogonalize | wrong | transpose|turned back|shape
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = matrix
    if x.shape[0] > x.shape[1]:
        x = x.T
    x = unit_frobenius(x, epsilon)
    for _ in range(ns_steps):
        A = x @ x.T
        x = a*x + (b*A + c*(A @ A)) @ x
    return x

### orthogonalize | wrong | length|normalis|run away
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = matrix.copy()
    for _ in range(ns_steps):
        A = x @ x.T
        x = a*x + b*A @ x + c*A @ A @ x
    return x

### orthogonalize | right
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = matrix/max(np.sqrt(np.trace(matrix @ matrix.T)), epsilon)
    for i in range(ns_steps):
        cube = x @ x.T @ x
        x = a*x + b*cube + c*(x @ x.T @ cube)
    return x.astype(matrix.dtype)

### two_loops | wrong | order|oldest|newest
def two_loops(vector, steps, changes, scale):
    q = vector.copy()
    alphas = []
    for s, y in zip(steps, changes):
        alpha = s @ q / (y @ s)
        alphas.append(alpha)
        q = q - alpha*y
    q = scale*q
    for s, y, alpha in zip(steps[::-1], changes[::-1], alphas[::-1]):
        q = q + (alpha - (y @ q)/(y @ s))*s
    return q

### two_loops | wrong | handed out|reversed|order|parts
def two_loops(vector, steps, changes, scale):
    q = vector.copy()
    alphas = []
    for s, y in zip(steps[::-1], changes[::-1]):
        alpha = s @ q / (y @ s)
        alphas.append(alpha)
        q = q - alpha*y
    q = scale*q
    for s, y, alpha in zip(steps, changes, alphas):
        q = q + (alpha - (y @ q)/(y @ s))*s
    return q

### two_loops | wrong | scale
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in reversed(list(zip(steps, changes))):
        parts.append((s @ vector)/(y @ s))
        vector = vector - parts[-1]*y
    for s, y in zip(steps, changes):
        vector = vector + (parts.pop() - (y @ vector)/(y @ s))*s
    return vector

### two_loops | wrong | in place|was given|changed
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in reversed(list(zip(steps, changes))):
        parts.append((s @ vector)/(y @ s))
        vector -= parts[-1]*y
    vector *= scale
    for s, y in zip(steps, changes):
        vector += (parts.pop() - (y @ vector)/(y @ s))*s
    return vector

### two_loops | right
def two_loops(vector, steps, changes, scale):
    pairs = list(zip(steps, changes))
    parts = {}
    r = vector
    for i in reversed(range(len(pairs))):
        s, y = pairs[i]
        parts[i] = np.vdot(s, r)/np.vdot(y, s)
        r = r - parts[i]*y
    r = r*scale
    for i, (s, y) in enumerate(pairs):
        r = r + s*(parts[i] - np.vdot(y, r)/np.vdot(y, s))
    return r
