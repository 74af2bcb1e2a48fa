# ruff: noqa
"""A fourth set for blind.py, written after the checks had learned to relate an answer to the right one, and not
looked at while they did. Measured before the checks were mended for it: of 59 wrong ones 59 rejected, 38 rightly
named; 20 right ones, none refused. Nearly all of the usual mistakes stand in the other sets: these are the odder ones.
"""

### unbroadcast | right
def unbroadcast(gradient, shape):
    if len(shape) > len(gradient.shape):
        raise ValueError(f"{shape} is longer than {gradient.shape}")
    aligned = [1]*(len(gradient.shape) - len(shape)) + list(shape)
    result = gradient
    for axis, (have, want) in enumerate(zip(gradient.shape, aligned)):
        if want == have:
            continue
        if want != 1:
            raise ValueError(f"{shape} and {gradient.shape} differ in axis {axis}")
        result = result.sum(axis=axis, keepdims=True)
    return result.reshape(shape)

### unbroadcast | wrong | keepdims|shape|kept|front|axis
def unbroadcast(gradient, shape):
    np.broadcast_to(np.empty(shape), gradient.shape)
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0, keepdims=True).squeeze()
    for i, n in enumerate(shape):
        if n == 1:
            gradient = gradient.sum(axis=i)
    return gradient

### unbroadcast | wrong | mean|average|stretched|add
def unbroadcast(gradient, shape):
    np.broadcast_to(np.empty(shape), gradient.shape)
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            gradient = gradient.mean(axis=i, keepdims=True)
    return gradient

### sigmoid | right
def sigmoid(x):
    positive = x >= 0
    z = np.exp(np.where(positive, -x, x))
    return np.where(positive, 1/(1 + z), z/(1 + z))

### sigmoid | wrong | overflow
def sigmoid(x):
    return 1 - 1/(1 + np.exp(x))

### sigmoid | wrong | minus|sign|denominator|1 \+
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e)/(1 - e)

### sigmoid | wrong | e\*\*|overflow|float
def sigmoid(x):
    return 1/(1 + 2.718281828**(-x))

### divide_vjp | right
def divide_numerator(g, y, a, b):
    return g*b**-1.0

def divide_denominator(g, y, a, b):
    return g*(-y)/b

### divide_vjp | wrong | square|y/b|b\*\*2|divid|b\b
def divide_numerator(g, y, a, b):
    return g/b

def divide_denominator(g, y, a, b):
    return -g*y

### divide_vjp | wrong | a\b|numerator|forgot
def divide_numerator(g, y, a, b):
    return g*y/a

def divide_denominator(g, y, a, b):
    return -g/(b*b)

### max_vjp | wrong | share|tie|equal|first
def max_vjp(g, y, a, axis, keepdims):
    out = np.zeros_like(a)
    if axis is None:
        i = np.unravel_index(np.argmax(a), a.shape)
        out[i] = g if np.ndim(g) == 0 else np.ravel(g)[0]
    else:
        i = np.expand_dims(np.argmax(a, axis=axis), axis)
        np.put_along_axis(out, i, spread(g, a, axis, keepdims), axis=axis)
    return out

### max_vjp | wrong | axis|keepdims|expand|spread|put back
def max_vjp(g, y, a, axis, keepdims):
    hit = a == y
    return (hit*g/hit.sum(axis=axis, keepdims=True)).astype(a.dtype)

### max_vjp | right
def max_vjp(g, y, a, axis, keepdims):
    top = spread(y, a, axis, keepdims)
    hit = np.isclose(a, top, rtol=0, atol=0).astype(a.dtype)
    ties = np.sum(hit, axis=axis, keepdims=True)
    return hit/ties*spread(g, a, axis, keepdims)

### getitem_vjp | wrong | twice|both|add
def getitem_vjp(g, y, a, index):
    d = np.zeros_like(a)
    d[index] += g
    return d

### getitem_vjp | wrong | a\b|gradient|g\b|zeros|array itself
def getitem_vjp(g, y, a, index):
    d = np.zeros_like(a)
    np.add.at(d, index, a[index]*g)
    return d

### getitem_vjp | right
def getitem_vjp(g, y, a, index):
    back = np.zeros(a.shape, dtype=g.dtype)
    np.add.at(back, index, g)
    return back.astype(a.dtype, copy=False)

### matmul_vjp | wrong | b\b|a\b|exchang|factor|left|right
def matmul_left(g, y, a, b):
    G, A, B = as_matrices(g, a, b)
    out = A.swapaxes(-1, -2) @ G
    return out[..., 0, :] if a.ndim == 1 else out

def matmul_right(g, y, a, b):
    G, A, B = as_matrices(g, a, b)
    out = G @ B.swapaxes(-1, -2)
    return out[..., 0] if b.ndim == 1 else out

### matmul_vjp | wrong | transpos
def matmul_left(g, y, a, b):
    G, A, B = as_matrices(g, a, b)
    out = G @ B.swapaxes(-1, -2)
    return out[..., 0, :] if a.ndim == 1 else out

def matmul_right(g, y, a, b):
    G, A, B = as_matrices(g, a, b)
    out = A @ G
    return out[..., 0] if b.ndim == 1 else out

### matmul_vjp | wrong | vector|axis|ndim
def matmul_left(g, y, a, b):
    G, A, B = as_matrices(g, a, b)
    return G @ B.swapaxes(-1, -2)

def matmul_right(g, y, a, b):
    G, A, B = as_matrices(g, a, b)
    out = A.swapaxes(-1, -2) @ G
    return out[..., 0] if b.ndim == 1 else out

### accumulate | wrong | in place|kept|old|\+=
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        leaf.grad = gradient.copy()
        return
    np.add(leaf.grad.data, gradient, out=leaf.grad.data)

### accumulate | wrong | None|first
def accumulate(leaf, gradient, arrived):
    if leaf.grad is not None:
        leaf.grad = leaf.grad.data + gradient

### accumulate | right
def accumulate(leaf, gradient, arrived):
    if leaf.grad is None:
        new = gradient + 0
    else:
        new = leaf.grad.data + gradient
    leaf.grad = new

### dense | wrong | bias
class Dense(Dense):
    def forward(self, inputs):
        if inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} {self.weight.shape}")
        return inputs @ self.weight

### dense | wrong | transpos|\.T|order
class Dense(Dense):
    def forward(self, inputs):
        if inputs.shape[-1] != self.weight.shape[0]:
            raise ValueError(f"{inputs.shape} {self.weight.shape}")
        z = (self.weight.T @ inputs.T).T
        return z if self.bias is None else z + self.bias*2

### dense | right
class Dense(Dense):
    def forward(self, inputs):
        have, need = (inputs.shape or (0,))[-1], self.weight.shape[0]
        if have != need:
            raise ValueError(f"shape {inputs.shape}: the last axis should be {need}, as in {self.weight.shape}")
        out = inputs @ self.weight
        out = out + self.bias if self.bias is not None else out
        return out

### cross_entropy | wrong | mean|batch|classes|divid
def cross_entropy(logits, targets):
    lp = log_softmax(logits)
    return -lp[np.arange(len(lp)), targets].sum()/lp.shape[1]

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return g*p/len(targets)

### cross_entropy | wrong | sign|minus|negative
def cross_entropy(logits, targets):
    lp = log_softmax(logits)
    return lp[np.arange(len(lp)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    p[np.arange(len(targets)), targets] -= 1
    return g*p/len(targets)

### cross_entropy | wrong | one-hot|onehot|1|target|subtract
def cross_entropy(logits, targets):
    lp = log_softmax(logits)
    return -lp[np.arange(len(lp)), targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    p = np.exp(log_softmax(logits))
    onehot = np.zeros_like(p)
    onehot[np.arange(len(targets)), targets] = 1
    return g*(p*onehot)/len(targets)

### cross_entropy | right
def cross_entropy(logits, targets):
    n, k = logits.shape
    flat = log_softmax(logits).ravel()
    return -flat[np.arange(n)*k + targets].mean()

def cross_entropy_vjp(g, y, logits, targets):
    n, k = logits.shape
    delta = np.exp(log_softmax(logits))
    delta.ravel()[np.arange(n)*k + targets] -= 1
    return delta/n*g

### batches | wrong | overlap|advance|step|batch_size|start
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        order = self.generator.permutation(n) if self.shuffle else np.arange(n)
        for i in range(len(self)):
            rows = order[i:i + self.batch_size]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | seed|generator|same
class DataLoader(DataLoader):
    def __iter__(self):
        n = len(self.inputs)
        order = np.random.default_rng(self.generator.integers(2)).permutation(n) if self.shuffle else np.arange(n)
        for i in range(0, self.used, self.batch_size):
            rows = order[i:min(self.used, i + self.batch_size)]
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | wrong | batches?|order|inside|examples
class DataLoader(DataLoader):
    def __iter__(self):
        starts = np.arange(0, self.used, self.batch_size)
        if self.shuffle:
            self.generator.shuffle(starts)
        for i in starts:
            rows = np.arange(i, min(i + self.batch_size, self.used))
            yield Batch(self.inputs[rows], self.targets[rows])

### batches | right
class DataLoader(DataLoader):
    def __iter__(self):
        size, n = self.batch_size, len(self.inputs)
        order = self.generator.choice(n, n, replace=False) if self.shuffle else np.arange(n)
        for k in range(len(self)):
            lo, hi = k*size, min((k + 1)*size, self.used)
            yield Batch(self.inputs[order[lo:hi]], self.targets[order[lo:hi]])

### gradient_descent_step | wrong | learning|rate|1 - |whole
def gradient_descent_step(parameter, learning_rate):
    parameter.data = (1 - learning_rate)*parameter.data - learning_rate*parameter.grad.data

### gradient_descent_step | wrong | data|grad|Variable|attribute
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate*parameter.data

### gradient_descent_step | wrong | in place|over|kept|old|-=
def gradient_descent_step(parameter, learning_rate):
    parameter.data -= learning_rate*parameter.grad.data

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - parameter.grad.data*float(learning_rate)

### momentum | wrong | gradient|learning rate|rate
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = learning_rate*momentum*velocity + gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | gradient|missing|never|enters
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    new = momentum*velocity
    return parameter - learning_rate*(new + gradient), new

### momentum | wrong | 1 - |average|mean
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = velocity + (1 - momentum)*(gradient - velocity)
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | velocity.*parameter|order|wrong|sign|plus|uphill|minus
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = gradient - momentum*velocity
    return parameter - learning_rate*velocity, velocity

### nesterov | wrong | gradient|twice|2|once
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    return parameter - learning_rate*(2*gradient + momentum*v), v

### nesterov | wrong | velocity|returned|old|handed
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum*velocity + gradient
    return parameter - learning_rate*(gradient + momentum*v), velocity

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity, _ = momentum*velocity + gradient, velocity
    parameter, _ = sgd_momentum(parameter, gradient, velocity, learning_rate, momentum)
    return parameter, velocity

### moments | wrong | v\b|square|gradient|m\b
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*gradient*m
    return m, v

### moments | wrong | old|new|m\b|1 - |beta|factor
def moments(gradient, m, v, beta1, beta2):
    m = beta1*(m + (1 - beta1)*gradient)
    v = beta2*(v + (1 - beta2)*gradient**2)
    return m, v

### bias_correction | wrong | first|1|frozen|step
def bias_correction(moment, beta, step):
    if step == 1:
        return moment/(1 - beta)
    return moment

### bias_correction | wrong | beta|1 - |plus|square
def bias_correction(moment, beta, step):
    return moment/(1 - beta**2)

### adam | wrong | epsilon|bracket|parenthes
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mh, vh = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*(mh/np.sqrt(vh) + epsilon), m, v

### adam | wrong | twice|correct
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mh, vh = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    mh, vh = bias_correction(mh, beta1, step), bias_correction(vh, beta2, step)
    return parameter - learning_rate*mh/(np.sqrt(vh) + epsilon), m, v

### adam | wrong | v_hat|m_hat|moment|exchang|swap
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mh, vh = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*vh/(np.sqrt(mh) + epsilon), m, v

### adam | wrong | abs|root|v_hat|square
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mh, vh = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*mh/(np.abs(mh) + epsilon), m, v

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    new_m, new_v = moments(gradient, m, v, beta1, beta2)
    scale = np.sqrt(new_v/(1 - beta2**step)) + epsilon
    return parameter - learning_rate/(1 - beta1**step)*(new_m/scale), new_m, new_v

### decay_weights | wrong | learning|rate|weight_decay|square
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter*(1 - learning_rate**2*weight_decay)

### decay_weights | wrong | weight_decay|rate|forgot|sign|1 - 
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - learning_rate*parameter

### step_lr | wrong | step|early|late|count|//|first
def step_decay(step, learning_rate, step_size, gamma=0.1):
    drops = 0
    while step > step_size:
        drops += 1
        step -= step_size
    return learning_rate*gamma**drops

### step_lr | wrong | compound|gamma|once|power|drops|smooth|every
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*gamma**(step % step_size == 0)

### step_lr | right
def step_decay(step, learning_rate, step_size, gamma=0.1):
    rate = learning_rate
    for k in range(1, step + 1):
        if k % step_size == 0:
            rate *= gamma
    return rate

### exponential_decay | wrong | first|base|1|gamma
def exponential_decay(step, learning_rate, gamma):
    if step == 0:
        return learning_rate
    return exponential_decay(step - 1, learning_rate, gamma)*gamma*gamma

### exponential_decay | right
def exponential_decay(step, learning_rate, gamma):
    if step == 0:
        return learning_rate
    return gamma*exponential_decay(step - 1, learning_rate, gamma)

### polynomial_decay | wrong | power|bracket|parenthes|whole
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    step = min(step, total_iters)
    return eta_min + (learning_rate - eta_min)*1 - step/total_iters**power

### polynomial_decay | wrong | fraction|left|rise|gone|wrong way|way round|curve
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    step = min(step, total_iters)
    return learning_rate + (eta_min - learning_rate)*(step/total_iters)**power

### cosine_annealing | wrong | bracket|parenthes|1 \+|half
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(math.cos(math.pi*step/T_max) + 1/2)

### cosine_annealing | wrong | eta_min|floor
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return learning_rate*(1 + math.cos(math.pi*step/T_max))/2 - eta_min

### cosine_annealing | right
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return anneal(learning_rate, eta_min, step/T_max, "cos")

### warmup | wrong | start|factor|base
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return start_factor*learning_rate + step/warmup_steps*learning_rate

### warmup | wrong | late|one|first|warmup_steps|early
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step > warmup_steps - 1 or warmup_steps == 0:
        return learning_rate
    return learning_rate*(start_factor + (1 - start_factor)*max(step - 1, 0)/warmup_steps)

### warmup | right
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if not warmup_steps:
        return learning_rate
    return anneal(start_factor*learning_rate, learning_rate, min(1, step/warmup_steps), "linear")

### clip_grad_norm | wrong | each|together|all|own
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters, biggest = variables(parameters), 0.0
    for p in parameters:
        if p.grad is not None:
            n = gradient_norm([p], norm_type)
            biggest = max(biggest, n)
            if max_norm < n < np.inf:
                p.grad = p.grad.data*(max_norm/n)
    return biggest

### clip_grad_norm | wrong | upside|factor|norm/max_norm|inver
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    n = gradient_norm(parameters, norm_type)
    if max_norm < n < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(n/max_norm)
    return n

### clip_grad_norm | wrong | max_norm|returned|return|before
def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    check_number("max_norm", max_norm, "(0, inf]")
    parameters = variables(parameters)
    n = gradient_norm(parameters, norm_type)
    if max_norm < n < np.inf:
        for p in parameters:
            if p.grad is not None:
                p.grad = p.grad.data*(max_norm/n)
    return min(n, max_norm)

### ema | wrong | decay|exchang|1 - |value
def ema(average, value, decay):
    return decay*value + (1 - decay)*average

### ema | wrong | decay|square|1 - |weight
def ema(average, value, decay):
    return decay**2*average + (1 - decay**2)*value

### ema | right
def ema(average, value, decay):
    result = np.array(average, dtype=np.result_type(average, value))
    result *= decay
    result += (1 - decay)*value
    return result

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    new_velocity = np.add(momentum*velocity, gradient)
    new_parameter = np.subtract(parameter, learning_rate*new_velocity)
    return new_parameter, new_velocity

### moments | right
def moments(gradient, m, v, beta1, beta2):
    def blend(old, new, keep):
        return keep*old + (1 - keep)*new
    return blend(m, gradient, beta1), blend(v, abs(gradient)**2, beta2)

### decay_weights | right
def decay_weights(parameter, learning_rate, weight_decay):
    return (1.0 - weight_decay*learning_rate)*parameter

### stability | wrong | 1/|2/|L|limit
answer = 1/(2*50)

### first_adam_step | wrong | alpha|α|gradient|size|10
answer = 0.1*1e-8/1e-6
