"""An eighth set, of the optimizers, schedules and the family around them, written from the lessons' text alone.

At first sight: of 155 wrong ones 154 rejected, 150 rightly named, none told to write a line that is there; of 42 right
ones none refused. Three of these verdicts were the author's, all of them lists of expected words: one was too narrow
(a rate of 1/50), two too wide (a cache that forgets beta, and a late-bound beta), so that 149 are rightly named.
"""
# ruff: noqa
### gradient_descent_step | wrong | in place|old (numbers|array|data)|kept|copy|writes? into|new array|overwr|given
def gradient_descent_step(parameter, learning_rate):
    data = parameter.data
    data += -learning_rate * parameter.grad.data
    parameter.data = data

### gradient_descent_step | wrong | local|rebind|not move|did not|does not|stays|unchanged|assign|nothing|never moves
def gradient_descent_step(parameter, learning_rate):
    theta, slope = parameter.data, parameter.grad.data
    theta = theta - learning_rate * slope

### gradient_descent_step | wrong | norm|length|whole gradient|size of the gradient|steep|direction|scal
def gradient_descent_step(parameter, learning_rate):
    slope = parameter.grad.data
    length = np.sqrt((slope ** 2).sum())
    parameter.data = parameter.data - learning_rate * slope / max(length, 1e-12)

### gradient_descent_step | wrong | grad.*(none|gone|clear|yours|kept|chang|remain|stay)|clear|forg|zero_grad
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate * parameter.grad.data
    parameter.grad = None      # ready for the next backward()

### gradient_descent_step | wrong | swap|order|sign|other way|negative|minus|mirror|turned|revers|flip
def gradient_descent_step(parameter, learning_rate):
    parameter.data = learning_rate * parameter.grad.data - parameter.data

### gradient_descent_step | wrong | float32|float64|type|precision
def gradient_descent_step(parameter, learning_rate):
    theta = np.array(parameter.data, dtype=float)
    slope = np.array(parameter.grad.data, dtype=float)
    parameter.data = theta - learning_rate * slope

### gradient_descent_step | wrong | in place|chang|overwr|writes? into|not yours|scaled|copy
def gradient_descent_step(parameter, learning_rate):
    step = parameter.grad.data
    step *= learning_rate
    parameter.data = parameter.data - step

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    step = np.multiply(parameter.grad.data, learning_rate)
    parameter.data = np.subtract(parameter.data, step)

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    moved = parameter.data.copy()
    moved -= learning_rate * parameter.grad.data
    parameter.data = moved

### stability | wrong | best|fast|one step|optimal|half|twice|2/|converge|too small|1/L|at once|not yet
answer = 1/50

### stability | wrong | compromise|best|both|serve|μ|1 \+ 50|2/50|cliff
answer = 2/(1 + 50)

### stability | wrong | shallow|along|steep|curvature|other direction|across|50|flat
answer = max(2/curvature for curvature in (1, 50))

### stability | wrong | integer|//|round|division|zero|whole|\b0\b
answer = 2//50

### stability | right
curvatures = [1, 50]
answer = 2/max(curvatures)

### momentum | wrong | sign|negative|minus|opposite|uphill|joins|subtract|gains|\+ gradient
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity - gradient
    return parameter + learning_rate*velocity, velocity

### momentum | wrong | learning.rate|inside|in the velocity|scaled|α|whole gradient
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + learning_rate*gradient
    return parameter - velocity, velocity

### momentum | wrong | old velocity|return|accumul|remember|forg|new velocity|grow|memory
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    new_velocity = momentum*velocity + gradient
    return parameter - learning_rate*new_velocity, velocity

### momentum | wrong | 1 - (momentum|β)|average|whole gradient|dampen|damp|weight|mean
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = velocity - (1 - momentum)*(velocity - gradient)
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | old|first|order|late|before|new velocity|one step behind
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    moved = parameter - learning_rate*velocity
    velocity = momentum*velocity + gradient
    return moved, velocity

### momentum | wrong | in place|chang|argument|overwr|writes? into|new array
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity *= momentum
    velocity += gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | 0\.9|constant|fixed|ignor|hard|argument|whatever
beta = 0.9

def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = beta*velocity + gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | whole gradient|shrunk|shrink|bracket|parenthes|too|gradient.*momentum|momentum.*gradient
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*(velocity + gradient)
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | zero|coast|roll|keep|no gradient|still|stop|flat|early
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    if not np.any(gradient):      # flat here: nothing to do
        return parameter.copy(), velocity.copy()
    velocity = momentum*velocity + gradient
    return parameter - learning_rate*velocity, velocity

### momentum | wrong | in place|chang|argument|overwr|writes? into|new array
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    gradient += momentum*velocity
    return parameter - learning_rate*gradient, gradient

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    rolled = np.empty_like(velocity)
    np.multiply(velocity, momentum, out=rolled)
    np.add(rolled, gradient, out=rolled)
    return parameter - learning_rate*rolled, rolled

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    kept = momentum*velocity
    return parameter - learning_rate*kept - learning_rate*gradient, kept + gradient

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    def heavier(old, push):
        return old*momentum + push
    ball = {"velocity": heavier(velocity, gradient)}
    ball["place"] = parameter - learning_rate*ball["velocity"]
    return ball["place"], ball["velocity"]

### nesterov | wrong | plain|heavy ball|once more|again|look|ahead|gradient
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    new = momentum*velocity + gradient
    return parameter - learning_rate*(gradient + momentum*velocity), new

### nesterov | wrong | momentum|β|factor|shrunk|decay|times
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = gradient + momentum*velocity
    return parameter - learning_rate*(gradient + velocity), velocity

### nesterov | wrong | swap|exchang|momentum|gradient|wrong term|other
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    ahead = momentum*gradient + velocity
    return parameter - learning_rate*ahead, velocity

### nesterov | wrong | velocity|return|remember
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    velocity = gradient + momentum*velocity
    return parameter - learning_rate*velocity, velocity

### nesterov | wrong | twice|1 \+ momentum|whole|φ|gradient|undo|back|velocity
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum*velocity + gradient
    ball = parameter - learning_rate*velocity
    return ball - learning_rate*momentum*velocity, velocity

### nesterov | wrong | in place|chang|argument|overwr|writes? into|new array
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity[...] = momentum*velocity + gradient
    return parameter - learning_rate*(gradient + momentum*velocity), velocity.copy()

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    ball = parameter + learning_rate*momentum*velocity
    velocity = gradient + momentum*velocity
    ball = ball - learning_rate*velocity
    return ball - learning_rate*momentum*velocity, velocity

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    step = gradient*(1 + momentum) + momentum**2*velocity
    return parameter - learning_rate*step, momentum*velocity + gradient

### moments | wrong | swap|weight|exchang|1 - beta|mixed up|other way|turned|old
def moments(gradient, m, v, beta1, beta2):
    m = (1 - beta1)*m + beta1*gradient
    v = (1 - beta2)*v + beta2*gradient**2
    return m, v

### moments | wrong | both|same beta|late|closure|lambda|beta2 everywhere|beta1 .*(unused|not used|nowhere)
def moments(gradient, m, v, beta1, beta2):
    mean_m, mean_v = [lambda old, new: beta*old + (1 - beta)*new for beta in (beta1, beta2)]
    return mean_m(m, gradient), mean_v(v, gradient**2)

### moments | wrong | weight|squared? (too|as well)|1 - beta2|bracket|parenthes|\(1 - β|only the gradient|add up
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + ((1 - beta2)*gradient)**2
    return m, v

### moments | wrong | variance|cent(re|er)|deviat|belief|minus|subtract|around|the mean|gradient squared
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*(gradient - m)**2
    return m, v

### moments | wrong | element|sum|single number|same number|one number|whole|shape|scalar|norm|shared|all
def moments(gradient, m, v, beta1, beta2):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*np.mean(gradient**2)
    return m, v

### moments | wrong | \^|\*\*|power|xor
def moments(gradient, m, v, beta1, beta2):
    return beta1*m + (1 - beta1)*gradient, beta2*v + (1 - beta2)*gradient^2

### moments | wrong | in place|chang|argument|overwr|writes? into|new array
def moments(gradient, m, v, beta1, beta2):
    for mean, new, beta in ((m, gradient, beta1), (v, gradient*gradient, beta2)):
        mean *= beta
        mean += (1 - beta)*new
    return m, v

### moments | right
def moments(gradient, m, v, beta1, beta2):
    return m + (1 - beta1)*(gradient - m), v + (1 - beta2)*(gradient*gradient - v)

### moments | right
def moments(gradient, m, v, beta1, beta2):
    news = {"m": (m, gradient, beta1), "v": (v, np.square(gradient), beta2)}
    means = {name: new + beta*(old - new) for name, (old, new, beta) in news.items()}
    return tuple(means.values())

### bias_correction | wrong | power|\*\*|times the step|product|multipl|raise
def bias_correction(moment, beta, step):
    return moment / (1 - beta*step)

### bias_correction | wrong | parenthes|bracket|power|whole|\(1 - beta\)|first|order
def bias_correction(moment, beta, step):
    return moment / (1 - beta)**step

### bias_correction | wrong | step|count|off|from 1|from 0|late|\+ 1
def bias_correction(moment, beta, step):
    t = step + 1
    return moment / (1 - beta**t)

### bias_correction | wrong | call|remember|memory|state|cache|between|twice|kept|order
factors = {}

def bias_correction(moment, beta, step):
    if step not in factors:      # powers are slow
        factors[step] = 1 - beta**step
    return moment/factors[step]

### bias_correction | wrong | in place|chang|argument|overwr|writes? into|new array
def bias_correction(moment, beta, step):
    moment /= 1 - beta**step
    return moment

### bias_correction | wrong | later|only|every|first|after|step|power
def bias_correction(moment, beta, step):
    if step == 1:
        return moment/(1 - beta)
    return moment*1.0

### bias_correction | right
def bias_correction(moment, beta, step):
    given_out = sum((1 - beta)*beta**k for k in range(step))
    return moment/given_out

### bias_correction | right
def bias_correction(moment, beta, step):
    start = 1.0
    for _ in range(step):
        start *= beta
    corrected = np.empty_like(moment)
    return np.divide(moment, 1.0 - start, out=corrected)

### adam | wrong | corrected|return|raw|before the correction|twice|next step
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m, v = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m/(np.sqrt(v) + epsilon), m, v

### adam | wrong | epsilon|ε|inside|outside
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    top = bias_correction(m, beta1, step)
    bottom = (bias_correction(v, beta2, step) + epsilon)**0.5
    return parameter - learning_rate*top/bottom, m, v

### adam | wrong | correct|bias|v̂|v_hat|second
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v) + epsilon), m, v

### adam | wrong | beta1|beta2|own beta|each|same beta
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat, v_hat = (bias_correction(mean, beta1, step) for mean in (m, v))
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | parenthes|bracket|epsilon|ε|division|added
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/np.sqrt(v_hat) + epsilon, m, v

### adam | wrong | step|count|own|call|twice|memory|remember|state|between
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    adam.calls = getattr(adam, "calls", 0) + 1
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, adam.calls)
    v_hat = bias_correction(v, beta2, adam.calls)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | gradient|\bm\b|second moment|squar|moments
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m = beta1*m + (1 - beta1)*gradient
    v = beta2*v + (1 - beta2)*m**2
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | epsilon|ε|correct
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    rate = learning_rate*(1 - beta2**step)**0.5/(1 - beta1**step)
    return parameter - rate*m/(np.sqrt(v) + epsilon), m, v

### adam | wrong | zero|still|coast|no gradient|decay|moments|keeps|roll|flat|stop
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    if (gradient == 0).all():
        return parameter.copy(), m.copy(), v.copy()
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | float32|float64|type|precision
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = m/(1 - np.power(beta1, step))
    v_hat = v/(1 - np.power(beta2, step))
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | epsilon|ε|max|added
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/np.maximum(np.sqrt(v_hat), epsilon), m, v

### adam | wrong | max|largest|amsgrad|shrink|never|second moment|\bv\b
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, new_v = moments(gradient, m, v, beta1, beta2)
    v = np.maximum(v, new_v)
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | order|swap|exchang|return|other way|mixed
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    v, m = moments(gradient, m, v, beta1, beta2)[::-1]
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(np.sqrt(v_hat) + epsilon), v, m

### adam | wrong | root|sqrt|square
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate*m_hat/(v_hat + epsilon), m, v

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    root = (1 - beta2**step)**0.5
    rate = learning_rate*root/(1 - beta1**step)
    return parameter - rate*m/(np.sqrt(v) + root*epsilon), m, v

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    new_m = m*beta1
    new_m += gradient*(1 - beta1)
    new_v = v*beta2
    new_v += gradient*gradient*(1 - beta2)
    below = np.sqrt(new_v/(1 - beta2**step)) + epsilon
    moved = parameter.copy()
    moved -= new_m/(1 - beta1**step)/below*learning_rate
    return moved, new_m, new_v

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    state = dict(zip("mv", moments(gradient, m, v, beta1, beta2)))
    hats = [bias_correction(state[name], beta, step) for name, beta in zip("mv", (beta1, beta2))]
    direction = hats[0]/(hats[1]**0.5 + epsilon)
    return (parameter - learning_rate*direction, *state.values())

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    def mean(old, new, beta):
        now = beta*old + (1 - beta)*new
        return now, now/(1 - beta**step)
    m, m_hat = mean(m, gradient, beta1)
    v, v_hat = mean(v, gradient**2, beta2)
    step_taken = -learning_rate*m_hat/(epsilon + np.sqrt(v_hat))
    return parameter + step_taken, m, v

### first_adam_step | wrong | gradient descent|sgd|divi|size|small|plain|α·g|slope|almost α
answer = 0.1*1e-6

### first_adam_step | wrong | correct|bias|m̂|v̂|hat
m, v = 0.1*1e-6, 0.001*1e-12
answer = 0.1*m/(np.sqrt(v) + 1e-8)

### first_adam_step | wrong | epsilon|ε|inside|outside|root
answer = 0.1*1e-6/np.sqrt(1e-12 + 1e-8)

### first_adam_step | right
g, rate, epsilon = 1e-6, 0.1, 1e-8
m_hat, v_hat = (1 - 0.9)*g/(1 - 0.9), (1 - 0.999)*g**2/(1 - 0.999)
answer = rate*m_hat/(v_hat**0.5 + epsilon)

### decay_weights | wrong | learning.rate|rate|α
def decay_weights(parameter, learning_rate, weight_decay):
    return (1 - weight_decay)*parameter

### decay_weights | wrong | proportion|fraction|constant|itself|parameter|of the weight|same amount|multipl|times
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - learning_rate*weight_decay

### decay_weights | wrong | in place|chang|argument|overwr|writes? into|new array
def decay_weights(parameter, learning_rate, weight_decay):
    parameter *= 1 - learning_rate*weight_decay
    return parameter

### decay_weights | wrong | divi|fraction|multipl|1 -|1 \+|exact|implicit
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter/(1 + learning_rate*weight_decay)

### decay_weights | wrong | sign|proportion|l1|fraction|size|absolute|same amount|constant
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - learning_rate*weight_decay*np.sign(parameter)

### decay_weights | wrong | vector|dimension|ndim|ax[ie]s|shape|bias|matri|every|all param|unchanged|as it was|nothing
def decay_weights(parameter, learning_rate, weight_decay):
    if np.ndim(parameter) < 2:      # biases are not decayed
        return parameter.copy()
    return parameter*(1 - learning_rate*weight_decay)

### decay_weights | right
def decay_weights(parameter, learning_rate, weight_decay):
    lost = learning_rate*weight_decay*parameter
    return parameter - lost

### decay_weights | right
def decay_weights(parameter, learning_rate, weight_decay):
    shrunk = np.empty_like(parameter)
    np.multiply(parameter, 1.0 - weight_decay*learning_rate, out=shrunk)
    return shrunk

### step_lr | wrong | //|division|whole|integer|count|smooth|every step|stair|between
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*gamma**(step/step_size)

### step_lr | wrong | late|off|step - 1|one step|count|first with|from 0
def step_decay(step, learning_rate, step_size, gamma=0.1):
    drops = max(step - 1, 0)//step_size
    return learning_rate*gamma**drops

### step_lr | wrong | 0\.1|constant|gamma|ignor|fixed|argument
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*10.0**-(step//step_size)

### step_lr | wrong | once|one drop|only|again|every|second|further|later|count
def step_decay(step, learning_rate, step_size, gamma=0.1):
    if step < step_size:
        return learning_rate
    return learning_rate*gamma

### step_lr | wrong | memory|remember|call|state|order|pure|twice|resum|between|function of
remembered = {"rate": None}

def step_decay(step, learning_rate, step_size, gamma=0.1):
    if step == 0:
        remembered["rate"] = learning_rate
    elif step % step_size == 0:
        remembered["rate"] *= gamma
    return remembered["rate"] or learning_rate

### step_lr | wrong | round|half|early|late|//|middle|count|whole
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*gamma**round(step/step_size)

### step_lr | wrong | grow|divi|rise|up|inverse|multipl|instead
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate/gamma**(step//step_size)

### step_lr | right
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate*pow(gamma, divmod(step, step_size)[0])

### step_lr | right
def step_decay(step, learning_rate, step_size, gamma=0.1):
    drops = (step - step % step_size)/step_size
    return gamma**drops*learning_rate

### optimizer | wrong | zeros|none
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = np.zeros(parameter.shape, parameter.dtype)

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

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | group|first|every|all
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None
            return

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

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | zero_grad|gradients? |forg|clear|none|gone
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

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

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | loss|return|none
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        if closure is not None:
            loss = closure()
        return self.update_all(self.ready())

class SGD(Optimizer):
    slots = ("velocity",)

    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | closure|before|first|order|ready|list|late|old gradient|stale
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        waiting = self.ready()
        loss = None if closure is None else closure()
        self.update_all(waiting)
        return loss

class SGD(Optimizer):
    slots = ("velocity",)

    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | twice|once|again|two|2|closure|times|after
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        if closure:
            closure()
        self.update_all(self.ready())
        return closure() if closure else None

class SGD(Optimizer):
    slots = ("velocity",)

    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | twice|count|ready|once|step
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        loss = closure() if closure else None
        if len(self.ready()) > 0:
            self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)

    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | without|closure|not move|nothing|does not|indent|only|stays|did not
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        if closure:
            loss = closure()
            self.update_all(self.ready())
            return loss

class SGD(Optimizer):
    slots = ("velocity",)

    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | class|shared|other|second|another|later|add|optimizer|every|all|clear|none
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)
    everything = []

    def zero_grad(self):
        if not self.everything:      # collect them only once
            for group in self.param_groups:
                self.everything.extend(group["parameters"])
        for parameter in self.everything:
            parameter.grad = None

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

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | second|again|every|once|clear|forg|none|left|still|generator
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        if not hasattr(self, "every"):
            self.every = (p for group in self.param_groups for p in group["parameters"])
        for parameter in self.every:
            parameter.grad = None

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

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | state|velocity|memory|remember|moment|forg|step|count
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None
        self.state.clear()

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

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | wrong | loss|closure|return|zero|\b0\b|none
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        loss = closure and closure()
        self.update_all(self.ready())
        return loss or None

class SGD(Optimizer):
    slots = ("velocity",)

    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | right
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for parameter in [p for group in self.param_groups for p in group["parameters"]]:
            setattr(parameter, "grad", None)

    def step(self, closure=None):
        if closure is None:
            loss = None
        else:
            loss = closure()
        waiting = self.ready()
        if waiting:
            self.update_all(waiting)
        return loss

class SGD(Optimizer):
    slots = ("velocity",)

    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | right
def forget(group):
    for parameter in group["parameters"]:
        if parameter.grad is not None:
            parameter.grad = None

class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for i in range(len(self.param_groups)):
            forget(self.param_groups[i])

    def step(self, closure=None):
        losses = [closure()] if callable(closure) else [None]
        self.update_all([*self.ready()])
        return losses[0]

class SGD(Optimizer):
    slots = ("velocity",)

    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    check_group, choose = SGD.check_group, SGD.choose

### optimizer | right
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        parameters = (p for group in self.param_groups for p in group["parameters"])
        for parameter in parameters:
            parameter.grad = None

    def step(self, closure=None):
        if closure is None:
            self.update_all(self.ready())
            return None
        loss = closure()
        self.step()
        return loss

class SGD(Optimizer):
    slots = ("velocity",)

    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
                         weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    check_group, choose = SGD.check_group, SGD.choose


### exponential_decay | wrong | off|one step|one factor|too many|early|step 0|count|\+ 1|once more|ahead
def exponential_decay(step, learning_rate, gamma):
    rate = learning_rate
    for _ in range(step + 1):
        rate *= gamma
    return rate

### exponential_decay | wrong | memory|remember|call|state|order|pure|between|keep|twice|again
def exponential_decay(step, learning_rate, gamma, kept={}):
    if step == 0:
        kept["rate"] = learning_rate
    else:
        kept["rate"] = kept.get("rate", learning_rate)*gamma
    return kept["rate"]

### exponential_decay | wrong | exp|gamma|power|factor|e\b
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*math.exp(-gamma*step)

### exponential_decay | wrong | linear|line|straight|power|product|subtract|multipl|\*\*
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*(1 - (1 - gamma)*step)

### exponential_decay | wrong | base|learning.rate|parenthes|bracket|only gamma|power|\*\*|too
def exponential_decay(step, learning_rate, gamma):
    return (learning_rate*gamma)**step if step else learning_rate

### exponential_decay | wrong | \^|\*\*|power|xor
def exponential_decay(step, learning_rate, gamma):
    return learning_rate*gamma^step

### exponential_decay | right
def exponential_decay(step, learning_rate, gamma):
    if step == 0:
        return learning_rate
    half, odd = step//2, step % 2
    part = exponential_decay(half, 1.0, gamma)
    return learning_rate*part*part*(gamma if odd else 1.0)

### polynomial_decay | wrong | left|done|what is|remain|concave|other way|flat|1 -
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    done = min(step, total_iters)/total_iters
    return eta_min + (learning_rate - eta_min)*(1 - done**power)

### polynomial_decay | wrong | total_iters|after|stay|floor|end|cut|beyond|past|rise|min\(|complex|negative
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = 1 - step/total_iters
    return eta_min + (learning_rate - eta_min)*left**power

### polynomial_decay | wrong | floor|eta_min|distance|above|max|clip|cut
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = 1 - min(step, total_iters)/total_iters
    return max(learning_rate*left**power, eta_min)

### polynomial_decay | wrong | //|integer|whole|division|stair|round|between
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = 1 - min(step, total_iters)//total_iters
    return eta_min + (learning_rate - eta_min)*left**power

### polynomial_decay | wrong | floor|eta_min|zero|end|stay|after
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    if step >= total_iters:
        return 0.0
    left = 1 - step/total_iters
    return eta_min + (learning_rate - eta_min)*left**power

### polynomial_decay | wrong | power|distance|rate|parenthes|bracket|only|left|what is
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = 1 - min(step, total_iters)/total_iters
    return eta_min + ((learning_rate - eta_min)*left)**power

### polynomial_decay | right
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    if step >= total_iters:
        return eta_min
    weight = ((total_iters - step)/total_iters)**power
    return weight*learning_rate + (1 - weight)*eta_min

### polynomial_decay | right
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    def clamp(x, low, high):
        return low if x < low else high if x > high else x
    left = clamp(1.0 - step/total_iters, 0.0, 1.0)
    return (learning_rate - eta_min)*pow(left, power) + eta_min

### cosine_annealing | wrong | T_max|off|one step|\+ 1|late|angle|reach
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    fraction = (1 + math.cos(math.pi*step/(T_max + 1)))/2
    return eta_min + (learning_rate - eta_min)*fraction

### cosine_annealing | wrong | T_max|stop|rise|go(es)? on|beyond|past|after|stay|again
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    angle = math.pi*min(step, T_max)/T_max
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(angle))/2

### cosine_annealing | wrong | floor|eta_min|distance|above|base|too (high|large)|part
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    fraction = (1 + math.cos(math.pi*step/T_max))/2
    return eta_min + learning_rate*fraction

### cosine_annealing | wrong | degree|radian|180|π|pi\b|angle
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    angle = 180*step/T_max
    return eta_min + 0.5*(learning_rate - eta_min)*(1 + math.cos(angle))

### cosine_annealing | wrong | sign|rise|grow|1 \+|1 -|upside|other way|start|minus|turned|from eta_min
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*(1 - math.cos(math.pi*step/T_max))/2

### cosine_annealing | wrong | restart|jump|modulo|%|again|go(es)? on|past|after|beyond|rise|T_max
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    angle = math.pi*(step % T_max)/T_max
    return eta_min + (learning_rate - eta_min)*(1 + math.cos(angle))/2

### cosine_annealing | right
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min)*math.cos(math.pi*step/(2*T_max))**2

### cosine_annealing | right
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    middle, amplitude = (learning_rate + eta_min)/2, (learning_rate - eta_min)/2
    turn = math.radians(180*step/T_max)
    return middle + amplitude*math.cos(turn)

### one_cycle | wrong | peak|early|late|- 1|less one|off|one step|count
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    peak, end = pct_start*total_steps, total_steps - 1
    if three_phase:
        return piecewise(step, [0, peak, 2*peak, end], [first, max_lr, first, first/final_div_factor],
                         anneal_strategy)
    return piecewise(step, [0, peak, end], [first, max_lr, first/final_div_factor], anneal_strategy)

### one_cycle | wrong | end|last|total_steps|- 1|off|one step|late|count
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    peak = pct_start*total_steps - 1
    if three_phase:
        return piecewise(step, [0, peak, 2*peak, total_steps],
                         [first, max_lr, first, first/final_div_factor], anneal_strategy)
    return piecewise(step, [0, peak, total_steps], [first, max_lr, first/final_div_factor], anneal_strategy)

### one_cycle | wrong | floor|first rate|final_div_factor|peak|end|last|max_lr
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first, last = max_lr/div_factor, max_lr/final_div_factor
    knots = one_cycle_knots(total_steps, pct_start, three_phase)
    values = [first, max_lr, first, last] if three_phase else [first, max_lr, last]
    return piecewise(step, knots, values, anneal_strategy)

### one_cycle | wrong | three|third|phase
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    knots = one_cycle_knots(total_steps, pct_start, False)
    return piecewise(step, knots, [first, max_lr, first/final_div_factor], anneal_strategy)

### one_cycle | wrong | three|third|phase|mirror|descent|2\*peak|- 2|- 1|as long|knot|late
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    knots, values = [0, pct_start*total_steps - 1], [first, max_lr]
    if three_phase:
        knots.append(2*pct_start*total_steps - 1)
        values.append(first)
    return piecewise(step, knots + [total_steps - 1], values + [first/final_div_factor], anneal_strategy)

### one_cycle | wrong | anneal|linear|strategy|cos|straight
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    values = [first, max_lr] + three_phase*[first] + [first/final_div_factor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values)

### one_cycle | wrong | between|round|int|whole|peak|knot|fraction
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first, peak = max_lr/div_factor, int(pct_start*total_steps) - 1
    knots = [0, peak, 2*peak, total_steps - 1] if three_phase else [0, peak, total_steps - 1]
    values = [first, max_lr] + three_phase*[first] + [first/final_div_factor]
    return piecewise(step, knots, values, anneal_strategy)

### one_cycle | wrong | three|third|phase|back|first rate|mirror|descent|floor
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    floor = first/final_div_factor
    values = [first, max_lr, floor] + three_phase*[floor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | div_factor|25|constant|ignor|argument|fixed|1e4|first
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    values = [max_lr/25, max_lr, max_lr/25/1e4]
    if three_phase:
        values.insert(2, max_lr/25)
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | right
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr/div_factor
    points = {0: first}
    points[pct_start*total_steps - 1] = max_lr
    if three_phase:
        points[2*pct_start*total_steps - 2] = first
    points[total_steps - 1] = first/final_div_factor
    return piecewise(step, [*points], [*points.values()], anneal_strategy)

### one_cycle | right
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    rise = pct_start*total_steps - 1
    first, end = max_lr/div_factor, total_steps - 1
    floor = first/final_div_factor
    if step <= rise:
        return anneal(first, max_lr, step/rise if rise else 1.0, anneal_strategy)
    if three_phase and step <= 2*rise:
        return anneal(max_lr, first, step/rise - 1, anneal_strategy)
    begin, value = (2*rise, first) if three_phase else (rise, max_lr)
    fraction = min((step - begin)/(end - begin), 1.0)
    return anneal(value, floor, fraction, anneal_strategy)

### warmup | wrong | step 0|\+ 1|off|early|one step|start|count|ahead
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    fraction = (step + 1)/warmup_steps
    return learning_rate*(start_factor + (1 - start_factor)*fraction)

### warmup | wrong | zero|division|at once|\b0\b|no (steps|warmup)
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    fraction = min(1.0, step/warmup_steps)
    return learning_rate*(start_factor + (1 - start_factor)*fraction)

### warmup | wrong | start_factor|base rate|times|part of|factor|multipl|absolute|fraction
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return start_factor + (learning_rate - start_factor)*step/warmup_steps

### warmup | wrong | 1 - start|jump|above|exceed|too (high|large|steep)|over|beyond|start_factor|rest|other part
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*(start_factor + step/warmup_steps)

### warmup | wrong | early|- 1|off|one step|soon|first with|count|reach
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    last = warmup_steps - 1
    if step >= last:
        return learning_rate
    return learning_rate*(start_factor + (1 - start_factor)*step/last)

### warmup | wrong | max|start_factor|straight|line|flat|stay|start|clip|waits
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate*max(start_factor, step/warmup_steps)

### warmup | wrong | straight|line|linear|geometr|exponent|power|curve|half way
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    if start_factor == 0.0:
        return learning_rate*step/warmup_steps
    return learning_rate*start_factor**(1 - step/warmup_steps)

### warmup | wrong | stay|stop|after|grow|beyond|past|end|further|for ever|min\(
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if warmup_steps == 0:
        return learning_rate
    fraction = step/warmup_steps
    return learning_rate*(start_factor*(1 - fraction) + fraction)

### warmup | right
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    missing = max(warmup_steps - step, 0)
    if not missing:
        return learning_rate
    return learning_rate - learning_rate*(1 - start_factor)*(missing/warmup_steps)

### warmup | right
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    way = 1.0 if step >= warmup_steps else step/warmup_steps
    return anneal(start_factor*learning_rate, learning_rate, way, "linear")

### adagrad | wrong | old|before|first|new|in the sum|order|late
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    rate = learning_rate/(1 + (step - 1)*learning_rate_decay)
    moved = parameter - rate*gradient/(np.sqrt(total) + epsilon)
    return moved, total + gradient**2

### adagrad | wrong | root|return|total itself|sum|memory
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    root = np.sqrt(total + gradient**2)
    rate = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - rate*gradient/(root + epsilon), root

### adagrad | wrong | step - 1|step|off|count|from 1|decay|first
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    rate = learning_rate/(1 + step*learning_rate_decay)
    return parameter - rate*gradient/(np.sqrt(total) + epsilon), total

### adagrad | wrong | in place|chang|argument|overwr|writes? into|new array
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total += np.square(gradient)
    rate = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - rate*gradient/(np.sqrt(total) + epsilon), total

### adagrad | wrong | decay|divi|negative|rate|1 \+
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    rate = learning_rate*(1 - (step - 1)*learning_rate_decay)
    return parameter - rate*gradient/(np.sqrt(total) + epsilon), total

### adagrad | right
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    below = np.hypot(np.sqrt(total), gradient) + epsilon
    below = below*(1 + learning_rate_decay*(step - 1))
    return parameter - learning_rate*gradient/below, total + gradient*gradient

### rmsprop | wrong | alpha|weight|swap|1 -|memory|exchang|other way|old
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = v + alpha*(gradient**2 - v)
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | wrong | old|new|before|late|first|order
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    scaled = gradient/(np.sqrt(v) + epsilon)
    v = alpha*v + (1 - alpha)*gradient**2
    return parameter - learning_rate*scaled, v

### rmsprop | wrong | 0\.99|alpha|constant|ignor|fixed|argument
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = 0.99*v + 0.01*gradient**2
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | wrong | in place|chang|argument|overwr|writes? into|new array
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    np.multiply(v, alpha, out=v)
    np.add(v, (1 - alpha)*gradient*gradient, out=v)
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | right
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    rest = 1 - alpha
    mean = v*alpha + np.square(gradient)*rest
    scale = learning_rate/(mean**0.5 + epsilon)
    return parameter - scale*gradient, mean

### amsgrad | wrong | raw|correct|maximum|v_max|before|twice
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.maximum(v_max, bias_correction(v, beta2, step))
    return parameter - learning_rate*gradient/(np.sqrt(v_max) + epsilon), v, v_max

### amsgrad | wrong | element|single|one number|np\.maximum|whole|shape|all|scalar|own
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.full_like(v, max(np.max(v_max), np.max(v)))
    largest = bias_correction(v_max, beta2, step)
    return parameter - learning_rate*gradient/(np.sqrt(largest) + epsilon), v, v_max

### amsgrad | wrong | \bv\b|return|raw|mean|max|forg|never
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = np.maximum(v_max, beta2*v + (1 - beta2)*gradient**2)
    largest = bias_correction(v, beta2, step)
    return parameter - learning_rate*gradient/(np.sqrt(largest) + epsilon), v, v

### amsgrad | wrong | old|new|before|order|late|newest|first|last
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v_max = np.maximum(v_max, v)
    v = beta2*v + (1 - beta2)*gradient**2
    largest = bias_correction(v_max, beta2, step)
    return parameter - learning_rate*gradient/(np.sqrt(largest) + epsilon), v, v_max

### amsgrad | wrong | truth|ambiguous|element|np\.maximum|array|compar|max
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = max(v_max, v)
    largest = bias_correction(v_max, beta2, step)
    return parameter - learning_rate*gradient/(np.sqrt(largest) + epsilon), v, v_max

### amsgrad | right
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    newest = beta2*v + (1 - beta2)*np.square(gradient)
    largest = np.where(newest > v_max, newest, v_max)
    root = np.sqrt(largest)/(1 - beta2**step)**0.5
    return parameter - learning_rate*gradient/(root + epsilon), newest, largest

### lion | wrong | before|old|first|update|order|came in|new m|twice
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    m = beta2*m + (1 - beta2)*gradient
    direction = np.sign(beta1*m + (1 - beta1)*gradient)
    return parameter - learning_rate*direction, m

### lion | wrong | swap|beta1|beta2|exchang|other way|own
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    direction = np.sign(beta2*m + (1 - beta2)*gradient)
    return parameter - learning_rate*direction, beta1*m + (1 - beta1)*gradient

### lion | wrong | in place|chang|argument|overwr|writes? into|new array
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    direction = np.sign(beta1*m + (1 - beta1)*gradient)
    m[...] = beta2*m + (1 - beta2)*gradient
    return parameter - learning_rate*direction, m

### lion | wrong | zero|\b0\b|still|stay|sign|no gradient
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    mixed = beta1*m + (1 - beta1)*gradient
    step = np.where(mixed >= 0, learning_rate, -learning_rate).astype(parameter.dtype)
    return parameter - step, beta2*m + (1 - beta2)*gradient

### lion | right
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    def mix(weight):
        return weight*m + (1 - weight)*gradient
    new_parameter = np.array(parameter)
    new_parameter -= learning_rate*np.sign(mix(beta1))
    return new_parameter, mix(beta2)

### schedule_free | wrong | beta|1 - c|rate|factor|whole step|full|too (far|long|large)|1 -
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = z - rate*direction
    return (1 - c)*parameter + c*z - rate*direction, new_z

### schedule_free | wrong | new z|old z|twice|order|before|z\b
def schedule_free(parameter, direction, z, rate, beta, c):
    z = z - rate*direction
    y = parameter + c*(z - parameter) - rate*(1 - beta*(1 - c))*direction
    return y, z

### schedule_free | wrong | swap|\bc\b|1 - c|weight|exchang|other way
def schedule_free(parameter, direction, z, rate, beta, c):
    closer = c*parameter + (1 - c)*z
    return closer - rate*(1 - beta*(1 - c))*direction, z - rate*direction

### schedule_free | wrong | in place|chang|argument|overwr|writes? into|new array
def schedule_free(parameter, direction, z, rate, beta, c):
    closer = parameter + c*(z - parameter)
    z -= rate*direction
    return closer - rate*(1 - beta*(1 - c))*direction, z

### schedule_free | right
def schedule_free(parameter, direction, z, rate, beta, c):
    pull = 1 - beta + beta*c
    new_y = (1 - c)*parameter + c*z
    new_y = new_y - rate*pull*direction
    return new_y, z - rate*direction

### lookahead | wrong | not due|fast|slow|come back|as they are|most|between|stay
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period != 0:
        return fast
    return slow + slow_step_size*(fast - slow)

### lookahead | wrong | swap|weight|part|exchang|other way|1 -|slow_step_size|far
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period:
        return slow
    return slow_step_size*slow + (1 - slow_step_size)*fast

### lookahead | wrong | in place|chang|argument|overwr|writes? into|new array
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        slow += slow_step_size*(fast - slow)
    return slow

### lookahead | wrong | late|early|off|count|from 1|step|due|one
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    due = (step - 1) % sync_period == 0
    return (1 - slow_step_size)*slow + slow_step_size*fast if due else slow

### lookahead | right
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    rounds, left = divmod(step, sync_period)
    if left > 0:
        return slow
    way = fast - slow
    return slow + slow_step_size*way

### orthogonalize | wrong | element|@|product|matri|\*
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        square = x*x
        x = (a + b*square + c*square*square)*x
    return x

### orthogonalize | wrong | shape|transpos|tall|back|\.T|lie
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = unit_frobenius(matrix, epsilon)
    if x.shape[0] > x.shape[1]:
        x = x.T
    for _ in range(ns_steps):
        square = x @ x.T
        x = a*x + (b*square + c*square @ square) @ x
    return x

### orthogonalize | wrong | frobenius|norm|length|spectral|largest
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = matrix/max(float(np.linalg.norm(matrix, 2)), epsilon)
    for _ in range(ns_steps):
        square = x @ x.T
        x = a*x + (b*square + c*square @ square) @ x
    return x

### orthogonalize | wrong | in place|chang|argument|overwr|writes? into|given|new array
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = matrix
    x /= max(float(np.linalg.norm(x)), epsilon)
    for _ in range(ns_steps):
        square = x @ x.T
        x = a*x + (b*square + c*square @ square) @ x
    return x

### orthogonalize | wrong | float32|float64|type|precision
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = np.array(coefficients)
    wide = matrix.shape[0] <= matrix.shape[1]
    x = unit_frobenius(matrix if wide else matrix.T, epsilon)
    for _ in range(ns_steps):
        square = x @ x.T
        x = a*x + (b*square + c*square @ square) @ x
    return x if wide else x.T

### orthogonalize | right
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    if matrix.shape[0] > matrix.shape[1]:
        return orthogonalize(matrix.T, ns_steps, coefficients, epsilon).T
    a, b, c = coefficients
    x = unit_frobenius(matrix, epsilon)
    identity = np.eye(len(x), dtype=x.dtype)
    for _ in range(ns_steps):
        square = x @ x.T
        x = (a*identity + (b*identity + c*square) @ square) @ x
    return x

### two_loops | wrong | second|out|iterator|exhaust|once|used up|zip|reversed|back|gain|s\b
def two_loops(vector, steps, changes, scale):
    pairs, parts = zip(reversed(steps), reversed(changes)), []
    for s, y in pairs:
        parts.append((s @ vector)/(y @ s))
        vector = vector - parts[-1]*y
    vector = scale*vector
    for (s, y), part in zip(pairs, reversed(parts)):
        vector = vector + (part - (y @ vector)/(y @ s))*s
    return vector

### two_loops | wrong | part|order|reversed|own|this pair|belong|oldest|newest
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in zip(steps[::-1], changes[::-1]):
        part = (s @ vector)/(y @ s)
        vector = vector - part*y
        parts.append(part)
    vector = scale*vector
    for s, y, part in zip(steps, changes, parts):
        vector = vector + (part - (y @ vector)/(y @ s))*s
    return vector

### two_loops | wrong | ρ|rho|y @ s|s @ s|y·s|divi|curvature
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in zip(reversed(steps), reversed(changes)):
        part = (s @ vector)/(s @ s)
        vector = vector - part*y
        parts.append(part)
    vector = scale*vector
    for s, y, part in zip(steps, changes, reversed(parts)):
        vector = vector + (part - (y @ vector)/(y @ y))*s
    return vector

### two_loops | wrong | list|reverse|chang|argument|in place|order|given|turned
def two_loops(vector, steps, changes, scale):
    parts = []
    steps.reverse()
    changes.reverse()
    for s, y in zip(steps, changes):
        part = (s @ vector)/(y @ s)
        vector = vector - part*y
        parts.append(part)
    vector = scale*vector
    for s, y, part in [*zip(steps, changes, parts)][::-1]:
        vector = vector + (part - (y @ vector)/(y @ s))*s
    return vector

### two_loops | right
def two_loops(vector, steps, changes, scale):
    def apply(pairs, v):
        if not pairs:
            return scale*v
        *older, (s, y) = pairs
        a = s @ v/(y @ s)
        inner = apply(older, v - a*y)
        return inner + (a - y @ inner/(y @ s))*s
    return apply([*zip(steps, changes)], vector)

### cube_root | wrong | negative|-8|pow|nan|1/3|javascript|math\.cbrt
def cube_root():
    return Operation(np.cbrt, "np.cbrt({0})", "Math.pow({0}, 1/3)", exact=False)

### cube_root | wrong | exact|round
def cube_root():
    return Operation(np.cbrt, "np.cbrt({0})", "Math.cbrt({0})")

### cube_root | wrong | \{0\}|f-string|operand|zero|always|\bf\b
def cube_root():
    name = np.cbrt.__name__
    return Operation(np.cbrt, f"np.{name}({0})", f"Math.{name}({0})", exact=False)

### cube_root | right
def cube_root():
    python = "np.sign({0})*np.abs({0})**(1/3)"
    browser = "(Math.sign({0})*Math.pow(Math.abs({0}), 1/3))"
    return Operation(numpy=np.cbrt, compiled=f"({python})", javascript=browser, exact=False)
