# ruff: noqa
"""A third set for blind.py, written by the second set's author after the checks were mended for that set, and without
looking at them again: slips of Python and of copying, two mistakes at once, lazy and over-clever solutions.

Measured before the checks were mended again: of 65 wrong ones 61 rejected, 39 rightly named; 24 right ones, none
refused. Then three verdicts of the author were put right: matmul's own message names both shapes, a Variable that is
assigned to `data` is unwrapped, and a sigmoid of 1e-26 is as good as 0. Two lists of words were too narrow.
"""

### unbroadcast | right
def unbroadcast(gradient, shape):
    try:
        np.broadcast_to(np.zeros(shape), gradient.shape)
    except ValueError:
        raise ValueError("no way to get from %s to %s" % (shape, gradient.shape))
    lead = gradient.ndim - len(shape)
    drop = tuple(range(lead)) + tuple(lead + i for i in range(len(shape)) if shape[i] == 1)
    return np.reshape(np.sum(gradient, axis=drop), shape)

### unbroadcast | wrong | added|front|leading|axis|axes
def unbroadcast(gradient, shape):
    np.broadcast_to(np.empty(shape), gradient.shape)
    if gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            gradient = gradient.sum(axis=i, keepdims=True)
    return gradient

### unbroadcast | wrong | stretched|keepdims|shape|length 1
def unbroadcast(gradient, shape):
    if len(shape) > gradient.ndim:
        raise ValueError
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for i in range(gradient.ndim):
        if gradient.shape[i] != shape[i]:
            gradient = gradient.sum(axis=i)
    return gradient

### sigmoid | right
def sigmoid(x):
    small = np.exp(-abs(x))
    positive = 1/(1 + small)
    return np.where(x < 0, 1 - positive, positive) if False else np.where(x < 0, small*positive, positive)

### sigmoid | wrong | overflow
def sigmoid(x):
    out = np.empty_like(x)
    for i in range(x.size):
        out.flat[i] = 1/(1 + np.exp(-x.flat[i]))
    return out

### sigmoid | wrong | minus|sign|mirror|falls
def sigmoid(x):
    return 0.5*(1 - np.tanh(x/2))

### sigmoid | right
def sigmoid(x):
    return 1/(1 + np.exp(-np.maximum(x, -60)))

### divide_vjp | right
def divide_numerator(g, y, a, b):
    inverse = 1/b
    return inverse*g

def divide_denominator(g, y, a, b):
    top = g*a
    return -(top/b)/b

### divide_vjp | wrong | g\b|gradient
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -y/b

### divide_vjp | wrong | bracket|parenthes|square|divid|b\*\*2|multipl
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*a/b*b

### divide_vjp | wrong | quotient rule|b\*\*2|g/b|numerator
def divide_numerator(g, y, a, b):
    return g*b/b**2*b

def divide_denominator(g, y, a, b):
    return -g*a/b**2

### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    G, Y = spread(np.asarray(g), a, axis, keepdims), spread(np.asarray(y), a, axis, keepdims)
    m = (Y == a)
    n = np.sum(m, axis=axis, keepdims=True)
    out = np.zeros_like(a)
    np.copyto(out, G/n, where=m, casting="same_kind")
    return out

### max_vjp | wrong | g\b|gradient
def max_vjp(g, y, a, axis, keepdims):
    m = (spread(y, a, axis, keepdims) == a).astype(a.dtype)
    return m/m.sum(axis=axis, keepdims=True)

### max_vjp | wrong | axis|all|whole|every
def max_vjp(g, y, a, axis, keepdims):
    m = (a == a.max()).astype(a.dtype)
    return m*spread(g, a, axis, keepdims)/m.sum()

### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    base = np.zeros(a.shape).astype(a.dtype)
    np.add.at(base, index, np.asarray(g))
    return base

### getitem_vjp | wrong | twice|both|add
def getitem_vjp(g, y, a, index):
    grad = np.zeros(a.shape, a.dtype)
    np.put(grad, np.arange(a.size).reshape(a.shape)[index], g)
    return grad

### getitem_vjp | wrong | shape|g\b|zeros|whole|read
def getitem_vjp(g, y, a, index):
    grad = np.zeros_like(a)
    grad = grad[index] + g
    return grad

### matmul_vjp | right
def matmul_left(g, y, a, b):
    vector = a.ndim == 1
    g, a, b = as_matrices(g, a, b)
    grad = g @ np.moveaxis(b, -1, -2)
    return grad.reshape(grad.shape[:-2] + grad.shape[-1:]) if vector else grad

def matmul_right(g, y, a, b):
    vector = b.ndim == 1
    g, a, b = as_matrices(g, a, b)
    grad = np.moveaxis(a, -1, -2) @ g
    return grad[..., 0] if vector else grad

### matmul_vjp | wrong | transpos
def matmul_left(g, y, a, b):
    G, A, B = as_matrices(g, a, b)
    out = G @ B.swapaxes(-1, -2)
    return out[..., 0, :] if a.ndim == 1 else out

def matmul_right(g, y, a, b):
    G, A, B = as_matrices(g, a, b)
    out = (G.swapaxes(-1, -2) @ A)
    return out[..., 0] if b.ndim == 1 else out

### matmul_vjp | wrong | y\b|g\b|gradient
def matmul_left(g, y, a, b):
    y, A, B = as_matrices(y, a, b)
    out = y @ B.swapaxes(-1, -2)
    return out[..., 0, :] if a.ndim == 1 else out

def matmul_right(g, y, a, b):
    y, A, B = as_matrices(y, a, b)
    out = A.swapaxes(-1, -2) @ y
    return out[..., 0] if b.ndim == 1 else out

### accumulate | right
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = np.array(gradient, copy=True)
        return
    leaf.grad = np.add(leaf.grad.data, gradient)

### accumulate | wrong | twice|double|counted|as well
def accumulate(leaf, gradient, arrived):
    total = gradient.copy()
    if leaf.grad is not None:
        total = total + leaf.grad.data
    leaf.grad = total + arrived

### accumulate | wrong | copy|memory|share
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = np.asarray(gradient)
    else:
        leaf.grad = np.asarray(leaf.grad.data) + gradient

### dense | right
class Dense(Dense):
    def forward(self, inputs):
        if inputs.ndim < 1 or self.weight.shape[0] != inputs.shape[-1]:
            raise ValueError("cannot multiply {} by {}".format(inputs.shape, self.weight.shape))
        product = inputs.__matmul__(self.weight)
        return product + self.bias if self.bias is not None else product

### dense | right
class Dense(Dense):
    def forward(self, inputs):
        y = inputs @ self.weight
        if self.bias is not None:
            y = y + self.bias
        return y

### dense | wrong | bias
class Dense(Dense):
    def forward(self, inputs):
        if inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} {self.weight.shape}")
        return inputs @ self.weight + self.bias

### dense | wrong | weight|first|shape\[1\]|outputs|last
class Dense(Dense):
    def forward(self, inputs):
        if inputs.shape[-1] != self.weight.shape[1]:
            raise ValueError(f"{inputs.shape} {self.weight.shape}")
        return inputs @ self.weight if self.bias is None else inputs @ self.weight + self.bias

### cross_entropy | right
def cross_entropy(logits, targets):
    logp = log_softmax(logits)
    total = 0.0
    for row, t in zip(logp, targets):
        total = total - row[t]
    return np.asarray(total/len(targets))

def cross_entropy_vjp(g, y, logits, targets):
    grad = np.exp(log_softmax(logits))
    for i, t in enumerate(targets):
        grad[i, t] -= 1
    return grad*(g/len(targets))

### cross_entropy | wrong | batch|mean|divid
def cross_entropy(logits, targets):
    n = len(targets)
    return -log_softmax(logits)[np.arange(n), targets].mean()/n

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return g*p/len(targets)

### cross_entropy | wrong | y\b|value|g\b|above
def cross_entropy(logits, targets):
    return -log_softmax(logits)[np.arange(len(targets)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return y*p/len(targets)

### batches | right
class DataLoader(DataLoader):
    def __iter__(self):
        everything = np.arange(len(self.inputs))
        order = self.generator.permutation(everything) if self.shuffle else everything
        for rows in np.split(order[:self.used], range(self.batch_size, self.used, self.batch_size)):
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | last|smaller|rest|first|skip|order|index
class DataLoader(DataLoader):
    def __iter__(self):
        order = self.generator.permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
        for i in range(self.batch_size, self.used, self.batch_size):
            yield Batch(self.inputs[order[i - self.batch_size:i]], self.targets[order[i - self.batch_size:i]])

### batches | wrong | target|order|pair|somebody
class DataLoader(DataLoader):
    def __iter__(self):
        order = self.generator.permutation(len(self.inputs)) if self.shuffle else np.arange(len(self.inputs))
        for i in range(0, self.used, self.batch_size):
            rows = order[i:min(i + self.batch_size, self.used)]
            yield Batch(self.inputs[rows], self.targets[i:min(i + self.batch_size, self.used)])

### batches | wrong | shuffle|order
class DataLoader(DataLoader):
    def __iter__(self):
        order = np.arange(len(self.inputs))
        if self.shuffle:
            self.generator.permutation(order)
        for i in range(0, self.used, self.batch_size):
            rows = order[i:min(i + self.batch_size, self.used)]
            yield Batch(self.inputs[rows], self.targets[rows])

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    grad = parameter.grad.data
    parameter.data = -(learning_rate*grad) + parameter.data

### gradient_descent_step | wrong | in place|over|kept|old|-=
def gradient_descent_step(parameter, learning_rate):
    np.subtract(parameter.data, learning_rate*parameter.grad.data, out=parameter.data)

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate*parameter.grad

### gradient_descent_step | wrong | Variable|\.data|local|assign|stays|stood
def gradient_descent_step(parameter, learning_rate):
    parameter = parameter - learning_rate*parameter.grad
    return parameter

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    keep, gain = momentum*velocity, gradient
    speed = keep + gain
    return (parameter + (-learning_rate)*speed, speed)

### momentum | wrong | order|old|before|first|step before
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    parameter = parameter - learning_rate*velocity
    velocity = gradient + momentum*velocity
    return parameter, velocity

### momentum | wrong | momentum|old|velocity|1 \+|grow
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = velocity + momentum*velocity + gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | in place|changed|\+=
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity *= momentum
    velocity += gradient
    return parameter - learning_rate*velocity, velocity.copy()

### momentum | wrong | step|parameter|velocity|returned|itself
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    return learning_rate*velocity, velocity

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    return parameter - learning_rate*((1 + momentum)*gradient + momentum**2*velocity), v

### nesterov | wrong | momentum|twice|square|velocity
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    return parameter - learning_rate*(gradient + momentum*momentum*v), v

### nesterov | wrong | point|ahead|parameter|velocity
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    ahead = parameter - learning_rate*momentum*velocity
    return ahead - learning_rate*v, v

### moments | right
def moments(gradient, m, v, beta1, beta2):
    a1, a2 = 1 - beta1, 1 - beta2
    return m*beta1 + a1*gradient, v*beta2 + a2*gradient**2.0

### moments | wrong | 1 - |beta|sign|minus|whole
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (beta1 - 1)*gradient
    v = beta2*v + (1 - beta2)*gradient**2
    return m, v

### moments | wrong | \^|\*\*
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*gradient^2
    return m, v

### moments | wrong | in place|changed|\*=
def moments(gradient, m, v, beta1, beta2):
    m *= beta1
    m += (1 - beta1)*gradient
    v *= beta2
    v += (1 - beta2)*gradient**2
    return m, v

### bias_correction | right
def bias_correction(moment, beta, step):
    weight = 1 - beta**step
    return np.divide(moment, weight)

### bias_correction | wrong | exponent|step\*\*|base|exchang|swapp
def bias_correction(moment, beta, step):
    return moment/(1 - step**beta)

### bias_correction | wrong | \+|sign|minus|1 - 
def bias_correction(moment, beta, step):
    return moment/(1 + beta**step)

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    first = beta1*m + (1 - beta1)*gradient
    second = beta2*v + (1 - beta2)*np.square(gradient)
    direction = bias_correction(first, beta1, step)/(np.sqrt(bias_correction(second, beta2, step)) + epsilon)
    return parameter - learning_rate*direction, first, second

### adam | wrong | gradient|moment|before|old|order
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    m, v = moments(gradient, m, v, beta1, beta2)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | learning|rate
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | v_hat|m_hat|corrected|v\b|moment
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v) + epsilon), m, v

### adam | wrong | return|only|three|moments
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), (m, v)

### adam | wrong | root|square|sqrt|abs
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(v_hat**2 + epsilon), m, v

### decay_weights | right
def decay_weights(parameter, learning_rate, weight_decay):
    penalty_gradient = weight_decay*parameter
    return parameter - learning_rate*penalty_gradient

### decay_weights | wrong | gradient|wθ|amount|penalty|parameter|rate|grow|sign
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter + weight_decay*parameter

### decay_weights | wrong | bracket|parenthes|same amount|1 - |sign|minus|negative
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter*1 - learning_rate*weight_decay

### step_lr | right
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*gamma**len(range(step_size, step + 1, step_size))

### step_lr | wrong | loop|early|first|step|begin|0
def step_decay(step, learning_rate, step_size, gamma=0.1):
    for k in range(step):
        if k % step_size == 0:
            learning_rate = learning_rate*gamma
    return learning_rate

### step_lr | wrong | step_size|exponent|upside|inver|divid
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*gamma**(step_size//(step + 1))

### exponential_decay | right
def exponential_decay(step, learning_rate, gamma):
    rate = learning_rate
    for _ in range(step):
        rate = rate*gamma
    return rate

### exponential_decay | wrong | 0|first|step|ahead|early
def exponential_decay(step, learning_rate, gamma):
    for _ in range(step + 1):
        learning_rate *= gamma
    return learning_rate

### polynomial_decay | right
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    done = min(step, total_iters)/total_iters
    height = learning_rate - eta_min
    return height*pow(1 - done, power) + eta_min

### polynomial_decay | wrong | past|after|total_iters|stay|again|base
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    f = (step % total_iters)/total_iters
    return eta_min + (learning_rate - eta_min)*(1 - f)**power

### polynomial_decay | wrong | floor|eta_min|above
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    f = max(1 - step/total_iters, eta_min)
    return learning_rate*f**power

### cosine_annealing | right
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    weight = math.cos(math.pi*step/(2*T_max))**2
    return weight*learning_rate + (1 - weight)*eta_min

### cosine_annealing | wrong | eta_min|floor|sign|minus|\+
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + 0.5*(learning_rate + eta_min)*(1 + math.cos(math.pi*step/T_max))

### cosine_annealing | wrong | abs|mirror|negative|half|cosine
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*abs(math.cos(math.pi/2*step/T_max))

### one_cycle | wrong | floor|final|value|last
def one_cycle_knots(total_steps, pct_start, three_phase):
    peak = pct_start*total_steps - 1
    return [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]

def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    values = [first, max_lr, first, 0.0] if three_phase else [first, max_lr, 0.0]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### warmup | right
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step < warmup_steps:
        low = start_factor*learning_rate
        return low + step*(learning_rate - low)/warmup_steps
    return learning_rate

### warmup | wrong | //|whole|round|jump
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*(start_factor + (1 - start_factor)*(step//warmup_steps))

### warmup | wrong | start|from|factor
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step == 0:
        return learning_rate*start_factor
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*step/warmup_steps

### clip_grad_norm | right
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    max_norm = check_number("max_norm", max_norm, "(0, inf]")
    found = [p for p in variables(parameters) if p.grad is not None]
    norm = gradient_norm(found, norm_type)
    if np.isnan(norm) or norm == np.inf:
        return norm
    factor = min(1.0, max_norm/norm) if norm else 1.0
    if factor < 1:
        for p in found:
            p.grad = p.grad.data*factor
    return norm

### clip_grad_norm | wrong | squar|root|norm
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if np.isfinite(norm) and norm > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*float(max_norm/norm**2)
    return norm

### clip_grad_norm | wrong | minus|subtract|factor|multipl|scale|shorten
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if np.isfinite(norm) and norm > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data - (norm - max_norm)
    return norm

### clip_grad_norm | wrong | return|loop|first|all|only
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    norm = gradient_norm(parameters, norm_type)
    if np.isfinite(norm) and norm > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*float(max_norm/norm)
            return norm
    return norm

### ema | right
def ema(average, value, decay):
    return value + decay*(average - value)

### ema | wrong | decay|1 - |exchang|swap
def ema(average, value, decay):
    return average + decay*(value - average)

### ema | wrong | sum|add up|1 - |weight|average
def ema(average, value, decay):
    return average + decay*value

### optimizer | wrong | ready|update_all|moved|nothing|stays
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None

    def step(self, closure=None):
        if closure is None:
            return None
        loss = closure()
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | data|weights|parameter
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["parameters"]:
                p.grad = None
                p.data = p.data*0

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

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | one at a time|update_all|list|update|list of|wrong form|four
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
            self.update_all(parameter, gradient, state, group)
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### stability | wrong | compromise|2/\(|sum|both|mean|half
answer = 2/(50 - 1)

### first_adam_step | wrong | epsilon|ε|10|scale|size
answer = 1e-6
