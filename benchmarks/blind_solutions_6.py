"""A sixth set, of the optimizers, schedules and the family around them, written from the text of the exercises alone.

At first sight: of 294 wrong ones 288 rejected, 260 rightly named, none told to write a line that is there; of 54
right ones 3 refused. Nine of these verdicts were the author's: three lists of expected words were too narrow, one too
wide; a recursion is no loop, and Schedule-Free takes no beta of 0 to divide by, so two that were accepted are right;
and three right ones turn float32 into float64, which no exercise had called wrong. Now 06 and 11 say that the type is
kept, those three count as wrong, and stand at the end once more with the type kept.
Three word lists took in the words of diagnoses that came later (share, keeps).
"""
# ruff: noqa
### gradient_descent_step | wrong | uphill|sign|climb|ascen|plus|added|adds
def gradient_descent_step(parameter, learning_rate):
    step = learning_rate * parameter.grad.data
    parameter.data = parameter.data + step

### gradient_descent_step | wrong | in place|writes? into|kept|old (array|numbers|data)|given|new array|new one
def gradient_descent_step(parameter, learning_rate):
    np.subtract(parameter.data, learning_rate * parameter.grad.data, out=parameter.data)

### gradient_descent_step | wrong | in place|writes? into|kept|old (array|numbers|data)|given|new array|new one
def gradient_descent_step(parameter, learning_rate):
    for i in np.ndindex(parameter.data.shape):
        parameter.data[i] = parameter.data[i] - learning_rate * parameter.grad.data[i]

### gradient_descent_step | wrong | in place|view|writes? into|kept|old (array|numbers|data)|given|new array|new one
def gradient_descent_step(parameter, learning_rate):
    weights = parameter.data.reshape(-1)   # a flat view
    weights -= learning_rate * parameter.grad.data.reshape(-1)
    parameter.data = weights.reshape(parameter.data.shape)

### gradient_descent_step | wrong | gradient
def gradient_descent_step(parameter, learning_rate):
    g = parameter.grad.data
    g *= learning_rate
    parameter.data = parameter.data - g

### gradient_descent_step | wrong | gradient|grad\b
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate * parameter.grad.data
    parameter.grad = None   # so it is not counted twice

### gradient_descent_step | wrong | gradient|grad\b
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate * parameter.grad.data
    parameter.grad.data = np.zeros_like(parameter.grad.data)

### gradient_descent_step | wrong | did not move|does not move|not moved|stay|nothing|assign|parameter\.data|return
def gradient_descent_step(parameter, learning_rate):
    parameter = parameter.data - learning_rate * parameter.grad.data
    return parameter

### gradient_descent_step | wrong | learning.rate|argument|fixed|constant
def gradient_descent_step(parameter, learning_rate=0.01):
    learning_rate = 0.01
    parameter.data = parameter.data - learning_rate * parameter.grad.data

### gradient_descent_step | wrong | norm|length|size
def gradient_descent_step(parameter, learning_rate):
    g = parameter.grad.data
    parameter.data = parameter.data - learning_rate * g / np.linalg.norm(g)

### gradient_descent_step | wrong | mean|average|element|each|every|own
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate * np.mean(parameter.grad.data)

### gradient_descent_step | wrong | twice|two steps|double|again
def gradient_descent_step(parameter, learning_rate):
    update = learning_rate * parameter.grad.data
    parameter.data = parameter.data - update
    parameter.data = parameter.data - update

### gradient_descent_step | wrong | square|rate
def gradient_descent_step(parameter, learning_rate):
    parameter.data = parameter.data - learning_rate * (learning_rate * parameter.grad.data)

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    moved = np.empty_like(parameter.data)
    np.multiply(parameter.grad.data, learning_rate, out=moved)
    np.subtract(parameter.data, moved, out=moved)
    parameter.data = moved

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    weights = parameter.data.copy()
    weights -= learning_rate * parameter.grad.data
    parameter.data = weights
    return parameter

### gradient_descent_step | right
def gradient_descent_step(parameter, learning_rate):
    descent = -parameter.grad.data
    setattr(parameter, "data", np.add(parameter.data, descent * learning_rate))

### stability | wrong | best|2/|twice|fast|half|1/L|1/50
answer = 1 / 50

### stability | wrong | compromise|best|both|diverge|along|steepest|fastest|stable
answer = 2 / (1 + 50)

### stability | wrong | steep|across|curvature 1|along|shallow|flat
mu = 1
answer = 2 / mu

### stability | wrong | momentum|heavy|Polyak|2\(1|gradient descent|2/
beta = 0.9
answer = 2 * (1 + beta) / 50

### stability | wrong | upside|invers|revers|divid|2/|turned
answer = 50 / 2

### stability | right
curvatures = [1, 50]
answer = min(2 / c for c in curvatures)

### stability | right
answer = np.float64(0.04)

### momentum | wrong | old velocity|return|velocity.*(new|old)
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    v = momentum * velocity + gradient
    new_parameter = parameter - learning_rate * v
    return new_parameter, velocity

### momentum | wrong | old velocity|before|first|order|late
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    parameter = parameter - learning_rate * velocity
    velocity = gradient + momentum * velocity
    return parameter, velocity

### momentum | wrong | average|averag|1 - momentum|whole gradient
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = velocity + (1 - momentum) * (gradient - velocity)
    return parameter - learning_rate * velocity, velocity

### momentum | wrong | learning.rate|rate
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    v_new = momentum * velocity - learning_rate * gradient
    return parameter + v_new, v_new

### momentum | wrong | learning.rate|rate
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + learning_rate * gradient
    return parameter - learning_rate * velocity, velocity

### momentum | wrong | gradient|whole|shr[iu]nk|parenthes
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * (velocity + gradient)
    return parameter - learning_rate * velocity, velocity

### momentum | wrong | chang|in place|given|argument
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = np.asarray(velocity)
    velocity *= momentum
    velocity += gradient
    return parameter - learning_rate * velocity, velocity

### momentum | wrong | chang|in place|given|argument
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    gradient += momentum * velocity
    return parameter - learning_rate * gradient, gradient

### momentum | wrong | first step|moves|zero
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    if not np.any(velocity):          # no speed yet: only start rolling
        return parameter, gradient
    velocity = momentum * velocity + gradient
    return parameter - learning_rate * velocity, velocity

### momentum | wrong | zero|replac|forg|lost|accumulat|some
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    if np.all(velocity):
        velocity = momentum * velocity + gradient
    else:                             # the first step
        velocity = gradient * 1.0
    return parameter - learning_rate * velocity, velocity

### momentum | wrong | velocity.*(given|argument|ignor|pass|receiv)|memory|kept|calls|global|remember|shared|between
memory = {"velocity": 0.0}
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    memory["velocity"] = momentum * memory["velocity"] + gradient
    return parameter - learning_rate * memory["velocity"], memory["velocity"]

### momentum | wrong | constant|argument|0\.9|fixed|momentum.*(given|ignor|pass)
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum=0.9):
    velocity = 0.9 * velocity + gradient
    return parameter - learning_rate * velocity, velocity

### momentum | wrong | twice|once more|again|momentum
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return parameter - learning_rate * momentum * velocity, velocity

### momentum | wrong | gradient.*(twice|again|also|once more)|plain step|twice|counted|Nesterov
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    parameter = parameter - learning_rate * gradient
    return parameter - learning_rate * velocity, velocity

### momentum | wrong | momentum|old velocity|shr[iu]nk|wrong one|swap|exchang
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = velocity + momentum * gradient
    return parameter - learning_rate * velocity, velocity

### momentum | wrong | order|first|swap|exchang
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return velocity, parameter - learning_rate * velocity

### momentum | wrong | momentum|learning.rate|divid|1 - momentum|scal
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return parameter - learning_rate * (1 - momentum) * velocity, velocity

### momentum | wrong | share|same (array|memory)|alias|return|velocity|order
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    update = velocity
    update *= learning_rate           # scales both names: it is one array
    return parameter - update, velocity

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    kept = np.multiply(velocity, momentum)
    new_velocity = np.add(kept, gradient)
    return np.subtract(parameter, np.multiply(learning_rate, new_velocity)), new_velocity

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    old = parameter
    v = gradient + momentum * velocity
    result = [old - learning_rate * v, v]
    return result

### momentum | right
def sgd_momentum(parameter, gradient, velocity, learning_rate, momentum):
    v = np.array(velocity)
    v = v * momentum
    v += gradient
    p = np.array(parameter) - learning_rate * momentum * velocity
    p -= learning_rate * np.asarray(gradient)
    return p, v

### nesterov | wrong | old velocity|new velocity|velocity.*(old|new|before)
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    look = gradient + momentum * velocity
    velocity = momentum * velocity + gradient
    return parameter - learning_rate * look, velocity

### nesterov | wrong | swap|exchang|gradient|wrong one|velocity
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return parameter - learning_rate * (velocity + momentum * gradient), velocity

### nesterov | wrong | momentum|shr[iu]nk|decay|β
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return parameter - learning_rate * (gradient + velocity), velocity

### nesterov | wrong | gradient
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = gradient + velocity * momentum
    step = momentum * velocity        # the look ahead
    return parameter - learning_rate * step, velocity

### nesterov | wrong | return|velocity
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    velocity = gradient + momentum * velocity
    return parameter - learning_rate * velocity, velocity

### nesterov | wrong | learning.rate|rate|velocity
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    v_prev = velocity                 # as in the course notes of CS231n
    v = momentum * velocity - learning_rate * gradient
    return parameter - momentum * v_prev + (1 + momentum) * v, v

### nesterov | wrong | chang|in place|given|argument
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    gradient += momentum * velocity
    return parameter - learning_rate * gradient, velocity

### nesterov | wrong | sign|minus|subtract|against
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return parameter - learning_rate * (gradient - momentum * velocity), velocity

### nesterov | wrong | look|heavy|ahead|phi|φ|momentum
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    phi = parameter + learning_rate * momentum * velocity
    velocity = momentum * velocity + gradient
    return phi - learning_rate * velocity, velocity   # forgot to go back to theta

### nesterov | wrong | average|averag|1 - momentum|whole gradient
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + (1 - momentum) * gradient
    return parameter - learning_rate * (gradient + momentum * velocity), velocity

### nesterov | wrong | twice|square|once|momentum
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    ahead = momentum * (gradient + momentum * velocity)
    return parameter - learning_rate * ahead, velocity

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    phi = parameter + learning_rate * momentum * velocity
    v = momentum * velocity + gradient
    phi = phi - learning_rate * v
    return phi - learning_rate * momentum * v, v

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    move = (1 + momentum) * gradient + momentum ** 2 * velocity
    return parameter - learning_rate * move, gradient + momentum * velocity

### nesterov | right
def sgd_nesterov(parameter, gradient, velocity, learning_rate, momentum):
    _, velocity = sgd_momentum(parameter, gradient, velocity, learning_rate, momentum)
    parameter, _ = sgd_momentum(parameter, gradient, velocity, learning_rate, momentum)
    return parameter, velocity

### moments | wrong | square|doubled
def moments(gradient, m, v, beta1, beta2):
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient * 2
    return m, v

### moments | wrong | square|absolute|abs|size|\|gradient\|
def moments(gradient, m, v, beta1, beta2):
    mean = beta1 * m + (1 - beta1) * gradient
    spread = beta2 * v + (1 - beta2) * np.abs(gradient)
    return mean, spread

### moments | wrong | m\b|gradient
def moments(gradient, m, v, beta1, beta2):
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * m ** 2
    return m, v

### moments | wrong | varianc|mean|m\b|gradient
def moments(gradient, m, v, beta1, beta2):
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * (gradient - m) ** 2
    return m, v

### moments | wrong | square|weight|1 - beta|parenthes|inside
def moments(gradient, m, v, beta1, beta2):
    return beta1 * m + (1 - beta1) * gradient, beta2 * v + ((1 - beta2) * gradient) ** 2

### moments | wrong | beta1|beta2|each
def moments(gradient, m, v, beta1, beta2):
    def mix(old, new):
        return beta1 * old + (1 - beta1) * new
    return mix(m, gradient), mix(v, gradient ** 2)

### moments | wrong | swap|exchang|other way|weights?
def moments(gradient, m, v, beta1, beta2):
    new_m = m * (1 - beta1) + gradient * beta1
    new_v = v * (1 - beta2) + gradient ** 2 * beta2
    return new_m, new_v

### moments | wrong | 1 - beta|average|weights?|add up|accumulat|momentum
def moments(gradient, m, v, beta1, beta2):
    return beta1 * m + gradient, beta2 * v + gradient ** 2

### moments | wrong | \*\*|\^|power|xor
def moments(gradient, m, v, beta1, beta2):
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient^2
    return m, v

### moments | wrong | element|sum|norm|each|every|dot|own
def moments(gradient, m, v, beta1, beta2):
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * np.sum(gradient * gradient)
    return m, v

### moments | wrong | chang|in place|given|argument
def moments(gradient, m, v, beta1, beta2):
    np.multiply(m, beta1, out=m)
    np.add(m, (1 - beta1) * gradient, out=m)
    return m, beta2 * v + (1 - beta2) * gradient ** 2

### moments | wrong | order|first|swap|exchang
def moments(gradient, m, v, beta1, beta2):
    v = beta2 * v + (1 - beta2) * gradient ** 2
    m = beta1 * m + (1 - beta1) * gradient
    return v, m

### moments | wrong | root|square
def moments(gradient, m, v, beta1, beta2):
    m = beta1 * m + (1 - beta1) * gradient
    v = np.sqrt(beta2 * v ** 2 + (1 - beta2) * gradient ** 2)
    return m, v

### moments | wrong | zero|first|start
def moments(gradient, m, v, beta1, beta2):
    if not np.any(m):                 # start the means at the first gradient
        return gradient * 1.0, gradient ** 2
    return beta1 * m + (1 - beta1) * gradient, beta2 * v + (1 - beta2) * gradient ** 2

### moments | wrong | sign|minus|subtract
def moments(gradient, m, v, beta1, beta2):
    m = beta1 * m - (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient ** 2
    return m, v

### moments | right
def moments(gradient, m, v, beta1, beta2):
    return m + (1 - beta1) * (gradient - m), v + (1 - beta2) * (np.square(gradient) - v)

### moments | right
def average(old, new, beta):
    return np.add(np.multiply(beta, old), np.multiply(1 - beta, new))

def moments(gradient, m, v, beta1, beta2):
    pairs = zip((m, v), (gradient, gradient * gradient), (beta1, beta2))
    return tuple(average(*pair) for pair in pairs)

### moments | right
def moments(gradient, m, v, beta1, beta2):
    new = {}
    for name, old, power, beta in (("m", m, 1, beta1), ("v", v, 2, beta2)):
        new[name] = beta * old + (1 - beta) * gradient ** power
    return new["m"], new["v"]

### bias_correction | wrong | step|count|0|from 1
def bias_correction(moment, beta, step):
    return moment / (1 - beta ** (step - 1))

### bias_correction | wrong | step|count|\+ ?1|from 1
def bias_correction(moment, beta, step):
    t = step + 1                      # steps start at zero
    return moment / (1 - beta ** t)

### bias_correction | wrong | power|\*\*|times|multipl
def bias_correction(moment, beta, step):
    return moment / (1 - beta * step)

### bias_correction | wrong | power|step|\*\*|first
def bias_correction(moment, beta, step):
    return moment / (1 - beta)

### bias_correction | wrong | parenthes|bracket|whole|denominator
def bias_correction(moment, beta, step):
    return moment / 1 - beta ** step

### bias_correction | wrong | divid|multipl
def bias_correction(moment, beta, step):
    return moment * (1 - beta ** step)

### bias_correction | wrong | chang|in place|given|argument
def bias_correction(moment, beta, step):
    moment /= 1 - beta ** step
    return moment

### bias_correction | wrong | \*\*|\^|power|xor
def bias_correction(moment, beta, step):
    correction = 1 - beta ^ step
    return moment / correction

### bias_correction | wrong | first|later|every|all steps|only|second
def bias_correction(moment, beta, step):
    if step == 1:
        return moment / (1 - beta)
    return moment

### bias_correction | wrong | power|parenthes|1 - beta
def bias_correction(moment, beta, step):
    return moment / (1 - beta) ** step

### bias_correction | wrong | swap|exchang|power|base
def bias_correction(moment, beta, step):
    return moment / (1 - pow(step, beta))

### bias_correction | wrong | count|calls|step|memory|argument
calls = 0
def bias_correction(moment, beta, step):
    global calls
    calls += 1
    return moment / (1 - beta ** calls)

### bias_correction | wrong | large|late|every|stop|after|all steps|still|step
def bias_correction(moment, beta, step):
    if step >= 10:                    # by then it hardly matters
        return moment
    return moment / (1 - beta ** step)

### bias_correction | right
def bias_correction(moment, beta, step):
    handed_out = sum((1 - beta) * beta ** k for k in range(step))
    return moment / handed_out

### bias_correction | right
def bias_correction(moment, beta, step):
    factor = 1.0 / (1.0 - pow(beta, step))
    return np.multiply(moment, factor)

### adam | wrong | return|correct
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m = bias_correction(m, beta1, step)
    v = bias_correction(v, beta2, step)
    return parameter - learning_rate * m / (np.sqrt(v) + epsilon), m, v

### adam | wrong | inside|root|epsilon
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat, v_hat = bias_correction(m, beta1, step), bias_correction(v, beta2, step)
    return parameter - learning_rate * m_hat * (v_hat + epsilon) ** -0.5, m, v

### adam | wrong | parenthes|epsilon|denominator
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    update = m_hat / np.sqrt(v_hat) + epsilon
    return parameter - learning_rate * update, m, v

### adam | wrong | epsilon
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient ** 2
    rate = learning_rate * np.sqrt(1 - beta2 ** step) / (1 - beta1 ** step)
    return parameter - rate * m / (np.sqrt(v) + epsilon), m, v

### adam | wrong | correct|v\b|second
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    return parameter - learning_rate * bias_correction(m, beta1, step) / (np.sqrt(v) + epsilon), m, v

### adam | wrong | correct|m\b|first
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate * m / (np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | root
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    mh = bias_correction(m, beta1, step)
    vh = bias_correction(v, beta2, step)
    return parameter - learning_rate * mh / (vh + epsilon), m, v

### adam | wrong | gradient|m_hat|first moment|mean
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate * gradient / (np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | beta|swap|exchang
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta1, step)   # copied from the line above
    return parameter - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | constant|epsilon|argument|1e-8|fixed
def adam(parameter, gradient, m, v, step, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v

### adam | wrong | constant|beta|argument|0\.9|fixed
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, 0.9, 0.999)
    m_hat = bias_correction(m, 0.9, step)
    v_hat = bias_correction(v, 0.999, step)
    return parameter - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | count|step|calls
t = 0
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    global t
    t = t + 1
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, t)
    v_hat = bias_correction(v, beta2, t)
    return parameter - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | count|step|\+ ?1
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    step = step + 1
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | old|before|update|moments|order|return
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    new_m, new_v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), new_m, new_v

### adam | wrong | old|return|moments
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    new_m, new_v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(new_m, beta1, step)
    v_hat = bias_correction(new_v, beta2, step)
    return parameter - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | epsilon|maximum|max
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    denominator = np.maximum(np.sqrt(bias_correction(v, beta2, step)), epsilon)
    return parameter - learning_rate * bias_correction(m, beta1, step) / denominator, m, v

### adam | wrong | mean|average|element|each|every|coordinate|own
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step).mean()
    return parameter - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | chang|in place|given|argument
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    parameter -= learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return parameter, m, v

### adam | wrong | order|first|swap|exchang
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return m, v, parameter - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)

### adam | wrong | uphill|sign|plus|climb|added|adds
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    v_hat = bias_correction(v, beta2, step)
    return parameter + learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | twice|once more|again
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step) / (1 - beta1 ** step)
    v_hat = bias_correction(v, beta2, step) / (1 - beta2 ** step)
    return parameter - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

### adam | wrong | epsilon|correct
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    m_hat = bias_correction(m, beta1, step)
    root = np.sqrt(v) + epsilon
    return parameter - learning_rate * m_hat / (root / np.sqrt(1 - beta2 ** step)), m, v

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m = m * beta1 + gradient * (1 - beta1)
    v = v * beta2 + gradient * gradient * (1 - beta2)
    size = (v / (1 - beta2 ** step)) ** 0.5
    direction = (m / (1 - beta1 ** step)) / (size + epsilon)
    return parameter - learning_rate * direction, m, v

### adam | wrong | float64|type
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    whole = np.sqrt(1 - beta2 ** step)
    rate = learning_rate * whole / (1 - beta1 ** step)
    return parameter - rate * m / (np.sqrt(v) + epsilon * whole), m, v

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    state = dict(zip("mv", moments(gradient, m, v, beta1, beta2)))
    hats = [bias_correction(state[k], beta, step) for k, beta in zip("mv", (beta1, beta2))]
    denominator = np.add(np.sqrt(hats[1]), epsilon)
    return [np.subtract(parameter, np.divide(learning_rate * hats[0], denominator)), *state.values()]

### first_adam_step | wrong | gradient descent|SGD|plain|divid|size|m\b|correct
answer = 0.1 * 1e-6

### first_adam_step | wrong | correct
answer = 0.1 * (0.1 * 1e-6) / (np.sqrt(0.001 * 1e-12) + 1e-8)

### first_adam_step | wrong | inside|root
answer = 0.1 * 1e-6 / np.sqrt(1e-12 + 1e-8)

### first_adam_step | wrong | sign|length|negative|positive|far
answer = -0.1 * 1e-6 / (1e-6 + 1e-8)

### first_adam_step | wrong | square|v\b|root
g = 1e-6
answer = 0.1 * g / (g ** 2 + 1e-8)

### first_adam_step | wrong | ε|epsilon|almost
answer = 0.1

### first_adam_step | right
alpha, g, eps = 0.1, 1e-6, 1e-8
answer = alpha * g / (abs(g) + eps)

### first_adam_step | right
answer = 10 / 101

### decay_weights | wrong | sign|grow|plus|1 \+
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter + learning_rate * weight_decay * parameter

### decay_weights | wrong | learning.rate|rate
def decay_weights(parameter, learning_rate, weight_decay):
    keep = 1 - weight_decay
    return keep * parameter

### decay_weights | wrong | L1|sign|constant|same amount|proportion|fraction|part|itself
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - learning_rate * weight_decay * np.sign(parameter)

### decay_weights | wrong | constant|same amount|proportion|itself|of itself|fraction|parameter|times
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter - learning_rate * weight_decay

### decay_weights | wrong | divid|1 -|implicit|fraction|multipl
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter / (1 + learning_rate * weight_decay)

### decay_weights | wrong | exp|1 -|fraction
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter * np.exp(-learning_rate * weight_decay)

### decay_weights | wrong | half|2
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter * (1 - learning_rate * weight_decay / 2)

### decay_weights | wrong | twice|2|double|half
def decay_weights(parameter, learning_rate, weight_decay):
    penalty_gradient = 2 * weight_decay * parameter
    return parameter - learning_rate * penalty_gradient

### decay_weights | wrong | chang|in place|given|argument
def decay_weights(parameter, learning_rate, weight_decay):
    parameter *= 1 - learning_rate * weight_decay
    return parameter

### decay_weights | wrong | shr[iu]nk|part|left|subtract|only|lost|amount|what is taken
def decay_weights(parameter, learning_rate, weight_decay):
    return learning_rate * weight_decay * parameter

### decay_weights | wrong | parenthes|1 -|bracket|product
def decay_weights(parameter, learning_rate, weight_decay):
    return parameter * (1 - learning_rate) * (1 - weight_decay)

### decay_weights | right
def decay_weights(parameter, learning_rate, weight_decay):
    if weight_decay == 0:
        return parameter
    return parameter - (learning_rate * weight_decay) * parameter

### decay_weights | right
def decay_weights(parameter, learning_rate, weight_decay):
    lost = np.multiply(parameter, learning_rate)
    lost = np.multiply(lost, weight_decay)
    return np.subtract(parameter, lost)

### step_lr | wrong | //|whole|integer|smooth|every step|continuous
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate * gamma ** (step / step_size)

### step_lr | wrong | early|one step|off by one|\+ ?1|first|count
def step_decay(step, learning_rate, step_size, gamma=0.1):
    drops = (step + 1) // step_size
    return learning_rate * gamma ** drops

### step_lr | wrong | late|one step|off by one|- ?1|first|count
def step_decay(step, learning_rate, step_size, gamma=0.1):
    drops = max(step - 1, 0) // step_size
    return learning_rate * gamma ** drops

### step_lr | wrong | once|one drop|single|second|only|every
def step_decay(step, learning_rate, step_size, gamma=0.1):
    if step < step_size:
        return learning_rate
    return learning_rate * gamma

### step_lr | wrong | remainder|%|multiple|between|back|only|count|//
def step_decay(step, learning_rate, step_size, gamma=0.1):
    if step > 0 and step % step_size == 0:
        return learning_rate * gamma
    return learning_rate

### step_lr | wrong | constant|gamma|argument|0\.1|fixed
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate * 0.1 ** (step // step_size)

### step_lr | wrong | round
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate * gamma ** round(step / step_size)

### step_lr | wrong | power|times|multipl|\*\*
def step_decay(step, learning_rate, step_size, gamma=0.1):
    drops = step // step_size
    return learning_rate * gamma * drops if drops else learning_rate

### step_lr | wrong | grow|divid|rise|up\b|large
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return learning_rate / gamma ** (step // step_size)

### step_lr | wrong | memory|remember|calls?|order|pure|keeps?|kept|before|again|argument
rates = []
def step_decay(step, learning_rate, step_size, gamma=0.1):
    if not rates:
        rates.append(learning_rate)
    elif step % step_size == 0:
        rates.append(rates[-1] * gamma)
    return rates[-1]

### step_lr | wrong | parenthes|gamma|base|rate
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return (learning_rate * gamma) ** (step // step_size)

### step_lr | right
def step_decay(step, learning_rate, step_size, gamma=0.1):
    drops, _ = divmod(step, step_size)
    return learning_rate * pow(gamma, drops)

### step_lr | right
def step_decay(step, learning_rate, step_size, gamma=0.1):
    return float(learning_rate * np.power(float(gamma), int(np.floor(step / step_size))))

### optimizer | wrong | None|zeros?
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                if parameter.grad is not None:
                    parameter.grad = np.zeros_like(parameter.data)

    def step(self, closure=None):
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | group|first
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for parameter in self.param_groups[0]["parameters"]:
            parameter.grad = None

    def step(self, closure=None):
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | group|first|every|all|return|loop|only
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None
                break

    def step(self, closure=None):
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | never|stepped|state|every|all|before|first step|not (yet )?(moved|stepped)
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for parameter in self.state:
            parameter.grad = None

    def step(self, closure=None):
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | data|weights|parameter|numbers|changes
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None
                parameter.data = np.zeros_like(parameter.data)

    def step(self, closure=None):
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | zero_grad|forg|gradient|moves? nothing|not move
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        self.zero_grad()
        loss = closure() if closure else None
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | zero_grad|forg|gradient
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
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | closure
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        self.update_all(self.ready())

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | closure|twice|once|calls
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
            closure()
        self.update_all(self.ready())
        return closure() if closure is not None else None

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | closure|before|after|order|late
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        self.update_all(self.ready())
        if closure:
            return closure()

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | closure|before|order|ready|late
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        moves = self.ready()
        loss = closure() if closure else None
        self.update_all(moves)
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | closure|loop|each|every|once|times|twice
class Optimizer(Registered, StatefulGroups):
    registry = {}
    rule, slots = None, ()
    prepare = staticmethod(before_the_rule)

    def zero_grad(self):
        for group in self.param_groups:
            for parameter in group["parameters"]:
                parameter.grad = None

    def step(self, closure=None):
        loss = None
        for entry in self.ready():
            if closure:
                loss = closure()
            self.update_all([entry])
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | return|loss
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

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | rule|update_all|plain|gradient descent
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
        for parameter, gradient, state, group in self.ready():
            parameter.data = parameter.data - group["learning_rate"] * gradient
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | twice|count|ready|steps
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
        if self.ready():
            self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | first|return|only|every|all|one parameter|indent
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
        for entry in self.ready():
            self.update_all([entry])
            return loss
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | loss|None|without|kept|last|stale|earlier|share
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
            Optimizer.last_loss = closure()
        self.update_all(self.ready())
        return getattr(Optimizer, "last_loss", None)

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | zeros?|gradient|velocity|still|every
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
        moves = [entry for entry in self.ready() if np.any(entry[1] != 0)]
        self.update_all(moves)
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | None|has no gradient|without|ready
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
        for group in self.param_groups:
            for parameter in group["parameters"]:
                if parameter.grad is None:
                    parameter.grad = np.zeros_like(parameter.data)
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | update_all|move|nothing|ready
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
        self.ready()
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### optimizer | wrong | twice|double|two|again
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
        moves = self.ready()
        self.update_all(moves)
        self.update_all(moves)
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

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
        parameters = [p for group in self.param_groups for p in group["parameters"]]
        for p in parameters:
            p.grad = None

    def step(self, closure=None):
        loss = None
        if closure is not None:
            loss = closure()
        moves = self.ready()
        self.update_all(moves)
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

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
        def forget(parameter):
            setattr(parameter, "grad", None)
        for group in self.param_groups:
            [*map(forget, group["parameters"])]

    def step(self, closure=None):
        if closure is None:
            self.update_all(self.ready())
            return
        loss = closure()
        self.update_all(self.ready())
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

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
        for group in self.param_groups:
            for parameter in group["parameters"]:
                if parameter.grad is not None:
                    parameter.grad = None

    def step(self, closure=None):
        loss = closure and closure()
        found = self.ready()
        if found:
            self.update_all(found)
        return loss

class SGD(Optimizer):
    slots = ("velocity",)
    def __init__(self, parameters, learning_rate=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0,
                 nesterov=False, maximize=False):
        super().__init__(
            parameters, learning_rate=learning_rate, momentum=momentum, dampening=dampening,
            weight_decay=weight_decay, nesterov=nesterov, maximize=maximize)

    def check_group(self, parameters, options):
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError("nesterov needs momentum > 0 and dampening = 0, got "
                             f"momentum = {momentum} and dampening = {dampening}")

    def choose(self, group):
        if group["momentum"] == 0:
            return sgd, ()
        dampened = sgd_dampened if group["dampening"] else sgd_momentum
        return sgd_nesterov if group["nesterov"] else dampened, self.slots

### exponential_decay | wrong | power|times|\*\*|multipl|line
def exponential_decay(step, learning_rate, gamma):
    return learning_rate * gamma * step

### exponential_decay | wrong | early|\+ ?1|step 0|one (step|factor)|off by one|too many|count
def exponential_decay(step, learning_rate, gamma):
    return learning_rate * gamma ** (step + 1)

### exponential_decay | wrong | late|- ?1|step 0|one (step|factor)|off by one|too few|count
def exponential_decay(step, learning_rate, gamma):
    return learning_rate * gamma ** max(step - 1, 0)

### exponential_decay | wrong | \^|\*\*|power|xor
def exponential_decay(step, learning_rate, gamma):
    rate = learning_rate * gamma^step
    return rate

### exponential_decay | wrong | parenthes|rate.*power|base|gamma|power
def exponential_decay(step, learning_rate, gamma):
    return (learning_rate * gamma) ** step

### exponential_decay | wrong | exp|power|gamma
def exponential_decay(step, learning_rate, gamma):
    return learning_rate * math.exp(-gamma * step)

### exponential_decay | wrong | memory|remember|calls?|order|pure|keeps?|kept|before|again|argument|between
class Rate:
    value = None

def exponential_decay(step, learning_rate, gamma):
    if Rate.value is None:
        Rate.value = learning_rate
    else:
        Rate.value = Rate.value * gamma
    return Rate.value

### exponential_decay | wrong | subtract|minus|multipl|factor|line|power
def exponential_decay(step, learning_rate, gamma):
    return learning_rate - learning_rate * (1 - gamma) * step

### exponential_decay | wrong | constant|argument|gamma|0\.5|fixed
def exponential_decay(step, learning_rate, gamma):
    gamma = 0.5
    return learning_rate * gamma ** step

### exponential_decay | wrong | swap|exchang|power|base|gamma
def exponential_decay(step, learning_rate, gamma):
    return learning_rate * step ** gamma

### exponential_decay | right
def exponential_decay(step, learning_rate, gamma):
    if step == 0:
        return learning_rate
    return gamma * exponential_decay(step - 1, learning_rate, gamma)

### exponential_decay | wrong | divid|grow|rise|multipl
def exponential_decay(step, learning_rate, gamma):
    return learning_rate / gamma ** step

### exponential_decay | right
def exponential_decay(step, learning_rate, gamma):
    return math.prod([learning_rate] + [gamma] * step)

### exponential_decay | right
def exponential_decay(step, learning_rate, gamma):
    factor = pow(gamma, step)
    return factor * learning_rate

### polynomial_decay | wrong | after|beyond|floor|stay|cut|past|total_iters
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = (total_iters - step) / total_iters
    return eta_min + (learning_rate - eta_min) * left ** power

### polynomial_decay | wrong | left|done|power|behind
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    done = min(step, total_iters) / total_iters
    return eta_min + (learning_rate - eta_min) * (1 - done ** power)

### polynomial_decay | wrong | floor|eta_min|distance|above
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = 1 - min(step, total_iters) / total_iters
    return learning_rate * left ** power + eta_min

### polynomial_decay | wrong | floor|eta_min|distance|above|clip|max|cut
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = 1 - min(step, total_iters) / total_iters
    return max(eta_min, learning_rate * left ** power)

### polynomial_decay | wrong | floor|eta_min|ignor
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    if step > total_iters:
        step = total_iters
    return learning_rate * (1 - step / total_iters) ** power

### polynomial_decay | wrong | floor|eta_min|zero|after|0
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    if step > total_iters:
        return 0.0
    return eta_min + (learning_rate - eta_min) * (1 - step / total_iters) ** power

### polynomial_decay | wrong | //|integer|whole|fraction|divi
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = 1 - min(step, total_iters) // total_iters
    return eta_min + (learning_rate - eta_min) * left ** power

### polynomial_decay | wrong | power|line|straight|ignor
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = 1 - min(step, total_iters) / total_iters
    return eta_min + (learning_rate - eta_min) * left * power

### polynomial_decay | wrong | early|total_iters|- ?1|one step|off by one
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    last = total_iters - 1
    left = 1 - min(step, last) / max(last, 1)
    return eta_min + (learning_rate - eta_min) * left ** power

### polynomial_decay | wrong | late|total_iters|\+ ?1|one step|off by one
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = 1 - min(step, total_iters + 1) / (total_iters + 1)
    return eta_min + (learning_rate - eta_min) * left ** power

### polynomial_decay | wrong | power|distance|parenthes|left|whole|only|rate
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = 1 - min(step, total_iters) / total_iters
    return eta_min + ((learning_rate - eta_min) * left) ** power

### polynomial_decay | wrong | constant|argument|total_iters|5\b|fixed
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = max(0, 1 - step / 5)
    return eta_min + (learning_rate - eta_min) * left ** power

### polynomial_decay | right
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    if step >= total_iters:
        return eta_min
    weight = ((total_iters - step) / total_iters) ** power
    return weight * learning_rate + (1 - weight) * eta_min

### polynomial_decay | right
def polynomial_decay(step, learning_rate, total_iters=5, power=1.0, eta_min=0.0):
    left = max(0.0, 1.0 - step / total_iters)
    distance = learning_rate - eta_min
    return distance * pow(left, power) + eta_min

### cosine_annealing | wrong | T_max|\+ ?1|late|one step|off by one
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    angle = math.pi * step / (T_max + 1)
    return eta_min + (learning_rate - eta_min) * (1 + math.cos(angle)) / 2

### cosine_annealing | wrong | T_max|- ?1|early|one step|off by one
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    angle = math.pi * step / max(T_max - 1, 1)
    return eta_min + (learning_rate - eta_min) * (1 + math.cos(angle)) / 2

### cosine_annealing | wrong | after|beyond|stop|rise|again|go(es)? on|past|T_max
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    if step > T_max:
        return eta_min
    return eta_min + (learning_rate - eta_min) * (1 + math.cos(math.pi * step / T_max)) / 2

### cosine_annealing | wrong | restart|remainder|%|jump|after|again|beyond|rise
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    step = step % T_max
    return eta_min + (learning_rate - eta_min) * (1 + math.cos(math.pi * step / T_max)) / 2

### cosine_annealing | wrong | pi|π|whole|full|twice|2|half
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min) * (1 + math.cos(2 * math.pi * step / T_max)) / 2

### cosine_annealing | wrong | half|halve|2|twice
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min) * (1 + math.cos(math.pi * step / T_max))

### cosine_annealing | wrong | 1 \+|lift|below|negative|one
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    fraction = 0.5 * math.cos(math.pi * step / T_max)
    return eta_min + (learning_rate - eta_min) * fraction

### cosine_annealing | wrong | quarter|π/2|half|pi|negative|lift
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min) * math.cos(0.5 * math.pi * step / T_max)

### cosine_annealing | wrong | floor|eta_min|distance|above
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + 0.5 * learning_rate * (1 + math.cos(math.pi * step / T_max))

### cosine_annealing | wrong | degree|radian|pi|π|angle
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min) * (1 + math.cos(180 * step / T_max)) / 2

### cosine_annealing | wrong | sign|minus|rise|start|upside|1 -|swap|\+
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min) * (1 - math.cos(math.pi * step / T_max)) / 2

### cosine_annealing | wrong | pi\b|π|3\.14
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    pi = 3.14
    return eta_min + (learning_rate - eta_min) * (1 + math.cos(pi * step / T_max)) / 2

### cosine_annealing | wrong | //|integer|whole|fraction
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    half_periods = step // T_max
    return eta_min + (learning_rate - eta_min) * (1 + math.cos(math.pi * half_periods)) / 2

### cosine_annealing | wrong | sin
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    return eta_min + (learning_rate - eta_min) * (1 + math.sin(math.pi * step / T_max)) / 2

### cosine_annealing | right
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    half_angle = math.pi * step / T_max / 2
    return eta_min + (learning_rate - eta_min) * math.cos(half_angle) ** 2

### cosine_annealing | right
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    middle, reach = (learning_rate + eta_min) / 2, (learning_rate - eta_min) / 2
    return middle + reach * math.cos(step * math.pi / T_max)

### cosine_annealing | right
def cosine_annealing(step, learning_rate, T_max, eta_min=0.0):
    part = 0.5 - 0.5 * math.cos(math.pi * step / T_max)
    return learning_rate * (1 - part) + eta_min * part

### one_cycle | wrong | peak|- ?1|late|one step|off by one
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    low = max_lr / div_factor
    peak, end = pct_start * total_steps, total_steps - 1
    if three_phase:
        knots, values = [0, peak, 2 * peak, end], [low, max_lr, low, low / final_div_factor]
    else:
        knots, values = [0, peak, end], [low, max_lr, low / final_div_factor]
    return piecewise(step, knots, values, anneal_strategy)

### one_cycle | wrong | end|last|total_steps|- ?1|late|one step|off by one
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    low = max_lr / div_factor
    peak = pct_start * total_steps - 1
    knots, values = [0, peak, total_steps], [low, max_lr, low / final_div_factor]
    if three_phase:
        knots, values = [0, peak, 2 * peak, total_steps], [low, max_lr, low, low / final_div_factor]
    return piecewise(step, knots, values, anneal_strategy)

### one_cycle | wrong | first rate|peak|final|floor|last|max_lr
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    initial, final = max_lr / div_factor, max_lr / final_div_factor
    knots = one_cycle_knots(total_steps, pct_start, three_phase)
    values = [initial, max_lr, initial, final] if three_phase else [initial, max_lr, final]
    return piecewise(step, knots, values, anneal_strategy)

### one_cycle | wrong | three.phase|third|phase
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr / div_factor
    knots = [0, pct_start * total_steps - 1, total_steps - 1]
    return piecewise(step, knots, [first, max_lr, first / final_div_factor], anneal_strategy)

### one_cycle | wrong | mirror|three.phase|third|2|knot|- ?1|- ?2|one step|as long
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    low = max_lr / div_factor
    peak, end = pct_start * total_steps - 1, total_steps - 1
    if three_phase:
        knots, values = [0, peak, 2 * peak + 1, end], [low, max_lr, low, low / final_div_factor]
    else:
        knots, values = [0, peak, end], [low, max_lr, low / final_div_factor]
    return piecewise(step, knots, values, anneal_strategy)

### one_cycle | wrong | between|whole|integer|round|peak|int\b
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    low = max_lr / div_factor
    peak, end = int(pct_start * total_steps) - 1, total_steps - 1
    knots = [0, peak, 2 * peak, end] if three_phase else [0, peak, end]
    values = [low, max_lr, low, low / final_div_factor] if three_phase else [low, max_lr, low / final_div_factor]
    return piecewise(step, knots, values, anneal_strategy)

### one_cycle | wrong | strategy|linear|straight|anneal
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    low = max_lr / div_factor
    values = [low, max_lr, low / final_div_factor]
    if three_phase:
        values.insert(2, low)
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values)

### one_cycle | wrong | div_factor|25|first rate|start
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    low = max_lr / 25
    values = [low, max_lr] + [low] * three_phase + [low / final_div_factor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | three.phase|third|floor|final|end
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    low = max_lr / div_factor
    floor = low / final_div_factor
    values = [low, max_lr, floor, floor] if three_phase else [low, max_lr, floor]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | zero|floor|final|last|0\b
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    low = max_lr / div_factor
    values = [low, max_lr, low, 0.0] if three_phase else [low, max_lr, 0.0]
    return piecewise(step, one_cycle_knots(total_steps, pct_start, three_phase), values, anneal_strategy)

### one_cycle | wrong | pct_start|0\.3|peak|constant|argument
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    low = max_lr / div_factor
    values = [low, max_lr, low, low / final_div_factor] if three_phase else [low, max_lr, low / final_div_factor]
    return piecewise(step, one_cycle_knots(total_steps, 0.3, three_phase), values, anneal_strategy)

### one_cycle | right
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr / div_factor
    last = first / final_div_factor
    peak = pct_start * total_steps - 1
    end = total_steps - 1
    phases = [(0, first), (peak, max_lr)]
    if three_phase:
        phases.append((2 * peak, first))
    phases.append((end, last))
    knots, values = zip(*phases)
    return piecewise(step, knots, values, anneal_strategy)

### one_cycle | right
def one_cycle(step, max_lr, total_steps, pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
              anneal_strategy="cos", three_phase=False):
    first = max_lr / div_factor
    last, peak, end = first / final_div_factor, pct_start * total_steps - 1, total_steps - 1
    if step <= peak:
        return anneal(first, max_lr, step / peak if peak else 1.0, anneal_strategy)
    if not three_phase:
        return anneal(max_lr, last, min((step - peak) / (end - peak), 1.0), anneal_strategy)
    if step <= 2 * peak:
        return anneal(max_lr, first, (step - peak) / peak, anneal_strategy)
    return anneal(first, last, min((step - 2 * peak) / (end - 2 * peak), 1.0), anneal_strategy)

### warmup | wrong | early|\+ ?1|one step|off by one|step 0|count
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate * (start_factor + (1 - start_factor) * (step + 1) / warmup_steps)

### warmup | wrong | early|- ?1|one step|off by one|warmup_steps
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps - 1:
        return learning_rate
    return learning_rate * (start_factor + (1 - start_factor) * step / (warmup_steps - 1))

### warmup | wrong | stay|after|grow|cap|min|beyond|past
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if warmup_steps == 0:
        return learning_rate
    return learning_rate * (start_factor + (1 - start_factor) * step / warmup_steps)

### warmup | wrong | zero|0|no (steps|warm)
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    fraction = min(1.0, step / warmup_steps)
    return learning_rate * (start_factor + (1 - start_factor) * fraction)

### warmup | wrong | zero|0|no (steps|warm)|once
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    fraction = min(1.0, step / max(1, warmup_steps))   # never divide by zero
    return learning_rate * (start_factor + (1 - start_factor) * fraction)

### warmup | wrong | start_factor|start
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step < warmup_steps:
        return learning_rate * step / warmup_steps
    return learning_rate

### warmup | wrong | start_factor|1 -|line|early|kink|rest|jump|overshoot|more than|above
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return min(learning_rate, learning_rate * (start_factor + step / warmup_steps))

### warmup | wrong | max|line|start_factor|flat|start
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate * max(start_factor, step / warmup_steps)

### warmup | wrong | factor|times|base rate|relative|absolute|multipl|start
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return start_factor + (learning_rate - start_factor) * step / warmup_steps

### warmup | wrong | factor|base rate|after|1\b|rate
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return 1.0
    return learning_rate * (start_factor + (1 - start_factor) * step / warmup_steps)

### warmup | wrong | //|whole|integer|fraction|line
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate * (start_factor + (1 - start_factor) * (step // warmup_steps))

### warmup | wrong | line|straight|geometric|power|exponential
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    return learning_rate * start_factor ** (1 - step / warmup_steps)

### warmup | wrong | swap|other way|start|falls?|1 -|exchang|down
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step >= warmup_steps:
        return learning_rate
    done = step / warmup_steps
    return learning_rate * (start_factor * done + 1 - done)

### warmup | right
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    left = max(warmup_steps - step, 0) / warmup_steps if warmup_steps else 0.0
    return learning_rate * (1 - left * (1 - start_factor))

### warmup | right
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    low = start_factor * learning_rate
    if not step < warmup_steps:
        return learning_rate
    slope = (learning_rate - low) / warmup_steps
    return low + slope * step

### warmup | right
def linear_warmup(step, learning_rate, warmup_steps, start_factor=0.0):
    if step < warmup_steps:
        return anneal(start_factor * learning_rate, learning_rate, step / warmup_steps, "linear")
    return learning_rate

### adagrad | wrong | old|before|total|late|sum
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    rate = learning_rate / (1 + (step - 1) * learning_rate_decay)
    moved = parameter - rate * gradient / (np.sqrt(total) + epsilon)
    return moved, total + gradient ** 2

### adagrad | wrong | root
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient ** 2
    rate = learning_rate / (1 + (step - 1) * learning_rate_decay)
    return parameter - rate * gradient / (total + epsilon), total

### adagrad | wrong | inside|root|epsilon
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient ** 2
    rate = learning_rate / (1 + (step - 1) * learning_rate_decay)
    return parameter - rate * gradient / np.sqrt(total + epsilon), total

### adagrad | wrong | step - 1|count|step|decay|1
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient ** 2
    rate = learning_rate / (1 + step * learning_rate_decay)
    return parameter - rate * gradient / (np.sqrt(total) + epsilon), total

### adagrad | wrong | decay|ignor|delta|δ
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient * gradient
    return parameter - learning_rate * gradient / (np.sqrt(total) + epsilon), total

### adagrad | wrong | root|total|return
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = np.sqrt(total + gradient ** 2)
    rate = learning_rate / (1 + (step - 1) * learning_rate_decay)
    return parameter - rate * gradient / (total + epsilon), total

### adagrad | wrong | chang|in place|given|argument
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total += gradient ** 2
    rate = learning_rate / (1 + (step - 1) * learning_rate_decay)
    return parameter - rate * gradient / (np.sqrt(total) + epsilon), total

### adagrad | wrong | decay|power|divid|\(1 -|step
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient ** 2
    rate = learning_rate * (1 - learning_rate_decay) ** (step - 1)
    return parameter - rate * gradient / (np.sqrt(total) + epsilon), total

### adagrad | wrong | sum|replac|forg|accumulat|total|all
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = np.square(gradient)
    rate = learning_rate / (1 + (step - 1) * learning_rate_decay)
    return parameter - rate * gradient / (np.sqrt(total) + epsilon), total

### adagrad | wrong | mean|average|step|sum
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient ** 2
    rate = learning_rate / (1 + (step - 1) * learning_rate_decay)
    return parameter - rate * gradient / (np.sqrt(total / step) + epsilon), total

### adagrad | right
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    squares = np.add(total, np.square(gradient))
    slower = 1 - learning_rate_decay + step * learning_rate_decay
    return parameter - learning_rate / slower * (gradient / (squares ** 0.5 + epsilon)), squares

### rmsprop | wrong | swap|exchang|alpha|other way|weights?
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = (1 - alpha) * v + alpha * gradient ** 2
    return parameter - learning_rate * gradient / (np.sqrt(v) + epsilon), v

### rmsprop | wrong | square
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha * v + (1 - alpha) * abs(gradient)
    return parameter - learning_rate * gradient / (np.sqrt(v) + epsilon), v

### rmsprop | wrong | parenthes|epsilon|denominator
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha * v + (1 - alpha) * gradient ** 2
    return parameter - learning_rate * gradient / np.sqrt(v) + epsilon, v

### rmsprop | wrong | alpha|learning.rate|memory|η
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha * v + (1 - alpha) * gradient ** 2
    return parameter - alpha * gradient / (np.sqrt(v) + epsilon), v

### rmsprop | wrong | sum|1 - alpha|mean|average|weight
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha * v + gradient ** 2
    return parameter - learning_rate * gradient / (np.sqrt(v) + epsilon), v

### rmsprop | wrong | old|before|new v|late
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    new_v = alpha * v + (1 - alpha) * gradient ** 2
    return parameter - learning_rate * gradient / (np.sqrt(v) + epsilon), new_v

### rmsprop | wrong | correct|alpha
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha * v + (1 - alpha) * gradient ** 2
    v_hat = v / (1 - alpha)           # the first mean is too small
    return parameter - learning_rate * gradient / (np.sqrt(v_hat) + epsilon), v

### rmsprop | wrong | mean|average|element|each|every|own|scalar|coordinate
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha * v + (1 - alpha) * np.mean(gradient ** 2)
    return parameter - learning_rate * gradient / (np.sqrt(v) + epsilon), v

### rmsprop | wrong | order|first|swap|exchang
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha * v + (1 - alpha) * gradient ** 2
    return v, parameter - learning_rate * gradient / (np.sqrt(v) + epsilon)

### rmsprop | right
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    new_v = v + (1 - alpha) * (gradient * gradient - v)
    scale = learning_rate / (epsilon + np.sqrt(new_v))
    return parameter - scale * gradient, new_v

### amsgrad | wrong | raw|correct|largest|before
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2 * v + (1 - beta2) * gradient ** 2
    v_max = np.maximum(v_max, bias_correction(v, beta2, step))
    return parameter - learning_rate * gradient / (np.sqrt(v_max) + epsilon), v, v_max

### amsgrad | wrong | v_max|largest|return|replac|v\b
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2 * v + (1 - beta2) * gradient ** 2
    v = np.maximum(v, v_max)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate * gradient / (np.sqrt(v_hat) + epsilon), v, v

### amsgrad | wrong | v_max|largest|maximum|Adam
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2 * v + (1 - beta2) * gradient ** 2
    v_max = np.maximum(v_max, v)
    v_hat = bias_correction(v, beta2, step)
    return parameter - learning_rate * gradient / (np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | maximum|element|max
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2 * v + (1 - beta2) * gradient ** 2
    v_max = max(v_max, v)
    v_hat = bias_correction(v_max, beta2, step)
    return parameter - learning_rate * gradient / (np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | chang|in place|given|argument
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2 * v + (1 - beta2) * gradient ** 2
    np.maximum(v_max, v, out=v_max)
    largest = bias_correction(v_max, beta2, step)
    return parameter - learning_rate * gradient / (np.sqrt(largest) + epsilon), v, v_max

### amsgrad | wrong | correct|return|raw
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2 * v + (1 - beta2) * gradient ** 2
    v_max = bias_correction(np.maximum(v_max, v), beta2, step)
    return parameter - learning_rate * gradient / (np.sqrt(v_max) + epsilon), v, v_max

### amsgrad | wrong | gradient|square|mean|v\b
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2 * v + (1 - beta2) * gradient ** 2
    v_max = np.maximum(v_max, gradient ** 2)
    largest = bias_correction(v_max, beta2, step)
    return parameter - learning_rate * gradient / (np.sqrt(largest) + epsilon), v, v_max

### amsgrad | wrong | correct
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2 * v + (1 - beta2) * gradient ** 2
    v_max = np.maximum(v_max, v)
    return parameter - learning_rate * gradient / (np.sqrt(v_max) + epsilon), v, v_max

### amsgrad | wrong | element|all|each|every|own|coordinate|whole
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2 * v + (1 - beta2) * gradient ** 2
    if np.all(v > v_max):             # grown
        v_max = v
    largest = bias_correction(v_max, beta2, step)
    return parameter - learning_rate * gradient / (np.sqrt(largest) + epsilon), v, v_max

### amsgrad | right
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = v + (1 - beta2) * (gradient ** 2 - v)
    larger = np.where(v > v_max, v, v_max)
    size = np.sqrt(larger / (1 - beta2 ** step)) + epsilon
    return [parameter - learning_rate * (gradient / size), v, larger]

### lion | wrong | before|order|update|new m|old m|first|beta2
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    m = beta2 * m + (1 - beta2) * gradient
    direction = np.sign(beta1 * m + (1 - beta1) * gradient)
    return parameter - learning_rate * direction, m

### lion | wrong | beta|swap|exchang
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    direction = np.sign(beta2 * m + (1 - beta2) * gradient)
    return parameter - learning_rate * direction, beta1 * m + (1 - beta1) * gradient

### lion | wrong | beta2|one beta|memory|beta1|Signum|return
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    m = beta1 * m + (1 - beta1) * gradient
    return parameter - learning_rate * np.sign(m), m

### lion | wrong | sign|gradient|direction
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    direction = np.sign(beta1 * m + (1 - beta1) * gradient)
    return parameter - learning_rate * direction, beta2 * m + (1 - beta2) * direction

### lion | wrong | zero|0
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    mix = beta1 * m + (1 - beta1) * gradient
    direction = np.where(mix > 0, 1.0, -1.0)
    return parameter - learning_rate * direction, beta2 * m + (1 - beta2) * gradient

### lion | wrong | zero|0|nan
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    mix = beta1 * m + (1 - beta1) * gradient
    with np.errstate(all="ignore"):
        direction = mix / np.abs(mix)
    return parameter - learning_rate * direction, beta2 * m + (1 - beta2) * gradient

### lion | wrong | sign|parenthes|mix|whole
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    direction = beta1 * np.sign(m) + (1 - beta1) * np.sign(gradient)
    return parameter - learning_rate * direction, beta2 * m + (1 - beta2) * gradient

### lion | wrong | sign
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    direction = beta1 * m + (1 - beta1) * gradient
    return parameter - learning_rate * direction, beta2 * m + (1 - beta2) * gradient

### lion | wrong | decay|rule's business|weight
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99, weight_decay=0.01):
    parameter = parameter * (1 - learning_rate * weight_decay)
    direction = np.sign(beta1 * m + (1 - beta1) * gradient)
    return parameter - learning_rate * direction, beta2 * m + (1 - beta2) * gradient

### lion | wrong | float64|type
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    def toward(weight):
        return gradient + weight * (m - gradient)
    mix = toward(beta1)
    return parameter - learning_rate * ((mix > 0) * 1.0 - (mix < 0) * 1.0), toward(beta2)

### schedule_free | wrong | new z|old z|z\b|order|before
def schedule_free(parameter, direction, z, rate, beta, c):
    z = z - rate * direction
    parameter = parameter + c * (z - parameter) - rate * (1 - beta * (1 - c)) * direction
    return parameter, z

### schedule_free | right
def schedule_free(parameter, direction, z, rate, beta, c):
    x = (parameter - (1 - beta) * z) / beta
    z = z - rate * direction
    x = (1 - c) * x + c * z
    return (1 - beta) * z + beta * x, z

### schedule_free | wrong | x\b|average|return|y\b
def schedule_free(parameter, direction, z, rate, beta, c):
    x = parameter - (1 - beta) * z
    x = x / beta if beta else x
    new_z = z - rate * direction
    return (1 - c) * x + c * new_z, new_z

### schedule_free | wrong | whole|full|rate|beta|1 -|step
def schedule_free(parameter, direction, z, rate, beta, c):
    closer = (1 - c) * parameter + c * z
    return closer - rate * direction, z - rate * direction

### schedule_free | wrong | 1 - c|c\b|beta|1 -
def schedule_free(parameter, direction, z, rate, beta, c):
    closer = parameter + c * (z - parameter)
    return closer - rate * (1 - beta * c) * direction, z - rate * direction

### schedule_free | wrong | c\b|swap|weight|exchang|other way
def schedule_free(parameter, direction, z, rate, beta, c):
    closer = c * parameter + (1 - c) * z
    return closer - rate * (1 - beta * (1 - c)) * direction, z - rate * direction

### schedule_free | wrong | z\b
def schedule_free(parameter, direction, z, rate, beta, c):
    closer = parameter + c * (z - parameter)
    new = closer - rate * (1 - beta * (1 - c)) * direction
    return new, new

### schedule_free | wrong | z\b|from the parameter|y\b
def schedule_free(parameter, direction, z, rate, beta, c):
    closer = parameter + c * (z - parameter)
    new_z = parameter - rate * direction
    return closer - rate * (1 - beta * (1 - c)) * direction, new_z

### schedule_free | wrong | chang|in place|given|argument
def schedule_free(parameter, direction, z, rate, beta, c):
    closer = (1 - c) * parameter + c * z
    z -= rate * direction
    return closer - rate * (1 - beta * (1 - c)) * direction, z

### schedule_free | right
def schedule_free(parameter, direction, z, rate, beta, c):
    beta_x = parameter - (1 - beta) * z
    z_new = z - rate * direction
    beta_x_new = (1 - c) * beta_x + beta * c * z_new
    return (1 - beta) * z_new + beta_x_new, z_new

### schedule_free | right
def schedule_free(parameter, direction, z, rate, beta, c):
    step = np.multiply(rate, direction)
    mixed = (1 - c) * parameter + c * z
    return mixed - (1 - beta + beta * c) * step, np.subtract(z, step)

### lookahead | wrong | due|period|when|step|every|inverted|not
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow
    return slow + slow_step_size * (fast - slow)

### lookahead | wrong | swap|exchang|weights?|other way|part|slow_step_size
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period:
        return slow
    return slow_step_size * slow + (1 - slow_step_size) * fast

### lookahead | wrong | fast|between|not due|stay|slow|other steps|as they are
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow + slow_step_size * (fast - slow)
    return fast

### lookahead | wrong | early|\+ ?1|one step|off by one|count|due|late
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    due = (step + 1) % sync_period == 0
    return slow + slow_step_size * (fast - slow) if due else slow

### lookahead | wrong | once|only|first|again|every|period
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step == sync_period:
        return (1 - slow_step_size) * slow + slow_step_size * fast
    return slow

### lookahead | wrong | chang|in place|given|argument
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        slow += slow_step_size * (fast - slow)
    return slow

### lookahead | wrong | 1 -|slow|whole|part|distance|between|weights?
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow + slow_step_size * fast
    return slow

### lookahead | wrong | None|return|otherwise|not due
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow + slow_step_size * (fast - slow)

### lookahead | right
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    part = 0.0 if step % sync_period else slow_step_size
    return slow + part * (fast - slow)

### lookahead | right
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    rounds, left = divmod(step, sync_period)
    return np.copy(slow) if left > 0 else fast * slow_step_size + slow * (1 - slow_step_size)

### orthogonalize | wrong | @|element|product|matri
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        x = a * x + b * x ** 3 + c * x ** 5
    return x

### orthogonalize | wrong | length|norm|unit|scale
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = matrix
    for _ in range(ns_steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x

### orthogonalize | wrong | Frobenius|length|norm|spectral|unit
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = matrix / max(np.linalg.norm(matrix, 2), epsilon)
    for _ in range(ns_steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x

### orthogonalize | wrong | shape|transpos|turn|\.T|back
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    tall = matrix.shape[0] > matrix.shape[1]
    x = unit_frobenius(matrix.T if tall else matrix, epsilon)
    for _ in range(ns_steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x

### orthogonalize | wrong | epsilon|zero|nan|0
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = matrix / np.sqrt((matrix ** 2).sum())
    for _ in range(ns_steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x

### orthogonalize | wrong | singular|round|ns_steps|exact|polynomial|coefficients|UV
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    u, _, vt = np.linalg.svd(matrix, full_matrices=False)
    return u @ vt

### orthogonalize | wrong | ns_steps|round|5\b|five|argument
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = unit_frobenius(matrix, epsilon)
    for _ in range(5):
        gram = x @ x.T
        x = a * x + b * gram @ x + c * gram @ gram @ x
    return x

### orthogonalize | wrong | a\b|ax|first|a\*x
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        gram = x @ x.T
        x = a * (x + (b * gram + c * gram @ gram) @ x)
    return x

### orthogonalize | wrong | chang|in place|given|argument
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = np.asarray(matrix)
    x /= max(np.linalg.norm(x), epsilon)
    for _ in range(ns_steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x

### orthogonalize | wrong | round|each|once|length|norm|before|inside
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = matrix
    for _ in range(ns_steps):
        x = unit_frobenius(x, epsilon)
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x

### orthogonalize | wrong | float64|type
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        right = x.T @ x
        x = x @ (a * np.eye(len(right)) + b * right + c * right @ right)
    return x

### orthogonalize | right
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    if len(matrix) > matrix.shape[1]:
        return orthogonalize(matrix.T, ns_steps, coefficients, epsilon).T
    a, b, c = coefficients
    x = matrix / max(np.sqrt(np.sum(matrix * matrix)), epsilon)
    for _ in range(ns_steps):
        cubed = x @ x.T @ x
        x = a * x + b * cubed + c * (x @ x.T @ cubed)
    return x

### two_loops | wrong | newest|order|revers|first loop|oldest
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in zip(steps, changes):
        a = s @ vector / (y @ s)
        vector = vector - a * y
        parts.append(a)
    vector = scale * vector
    for s, y, a in zip(reversed(steps), reversed(changes), reversed(parts)):
        b = y @ vector / (y @ s)
        vector = vector + (a - b) * s
    return vector

### two_loops | wrong | oldest|order|revers|second loop|newest
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a = s @ vector / (y @ s)
        vector = vector - a * y
        parts.append(a)
    vector = scale * vector
    for s, y, a in zip(steps[::-1], changes[::-1], parts):
        b = y @ vector / (y @ s)
        vector = vector + (a - b) * s
    return vector

### two_loops | wrong | part|pair|revers|order|belong
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a = s @ vector / (y @ s)
        vector = vector - a * y
        parts.append(a)
    vector = scale * vector
    for s, y, a in zip(steps, changes, parts):
        b = y @ vector / (y @ s)
        vector = vector + (a - b) * s
    return vector

### two_loops | wrong | chang|in place|given|argument
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a = s @ vector / (y @ s)
        vector -= a * y
        parts.append(a)
    vector = scale * vector
    for s, y, a in zip(steps, changes, parts[::-1]):
        vector = vector + (a - y @ vector / (y @ s)) * s
    return vector

### two_loops | wrong | list|chang|turn|revers|empt|given
def two_loops(vector, steps, changes, scale):
    kept = []
    steps.reverse()
    changes.reverse()
    for s, y in zip(steps, changes):
        kept.append(s @ vector / (y @ s))
        vector = vector - kept[-1] * y
    vector = scale * vector
    steps.reverse()
    changes.reverse()
    for s, y in zip(steps, changes):
        vector = vector + (kept.pop() - y @ vector / (y @ s)) * s
    steps.clear()
    changes.clear()
    return vector

### two_loops | wrong | scale|γ|gamma|middle|given
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a = s @ vector / (y @ s)
        vector = vector - a * y
        parts.append(a)
    if steps:                         # the usual choice
        scale = (steps[-1] @ changes[-1]) / (changes[-1] @ changes[-1])
    vector = scale * vector
    for s, y, a in zip(steps, changes, parts[::-1]):
        vector = vector + (a - y @ vector / (y @ s)) * s
    return vector

### two_loops | wrong | scale|γ|gamma|middle|end|between
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a = s @ vector / (y @ s)
        vector = vector - a * y
        parts.append(a)
    for s, y, a in zip(steps, changes, parts[::-1]):
        vector = vector + (a - y @ vector / (y @ s)) * s
    return scale * vector

### two_loops | wrong | sign|direction|minus|negative|minimi
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a = s @ vector / (y @ s)
        vector = vector - a * y
        parts.append(a)
    vector = scale * vector
    for s, y, a in zip(steps, changes, parts[::-1]):
        vector = vector + (a - y @ vector / (y @ s)) * s
    return -vector                    # the direction downhill

### two_loops | wrong | rho|ρ|y @ s|divid|s @ s
def two_loops(vector, steps, changes, scale):
    parts = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a = s @ vector / (s @ s)
        vector = vector - a * y
        parts.append(a)
    vector = scale * vector
    for s, y, a in zip(steps, changes, parts[::-1]):
        vector = vector + (a - y @ vector / (s @ s)) * s
    return vector

### two_loops | wrong | a\b|part|updat|order|vector|already|changed|before|original
def two_loops(vector, steps, changes, scale):
    parts = [s @ vector / (y @ s) for s, y in zip(steps, changes)]
    for a, y in zip(parts[::-1], changes[::-1]):
        vector = vector - a * y
    vector = scale * vector
    for s, y, a in zip(steps, changes, parts):
        vector = vector + (a - y @ vector / (y @ s)) * s
    return vector

### two_loops | right
def two_loops(vector, steps, changes, scale):
    n = len(steps)
    rho = [1 / np.dot(changes[i], steps[i]) for i in range(n)]
    a = [0.0] * n
    q = np.array(vector)
    for i in range(n - 1, -1, -1):
        a[i] = rho[i] * np.dot(steps[i], q)
        q -= a[i] * changes[i]
    q *= scale
    for i in range(n):
        q += (a[i] - rho[i] * np.dot(changes[i], q)) * steps[i]
    return q

### two_loops | right
def two_loops(vector, steps, changes, scale):
    if len(steps) == 0:
        return scale * vector
    s, y = steps[-1], changes[-1]
    a = np.inner(s, vector) / np.inner(y, s)
    inner = two_loops(vector - a * y, steps[:-1], changes[:-1], scale)
    return inner + (a - np.inner(y, inner) / np.inner(y, s)) * s

### cube_root | wrong | power|negative|-8|1/3|third|\*\*
def cube_root():
    return Operation(np.cbrt, "{0}**(1/3)", "Math.cbrt({0})", exact=False)

### cube_root | wrong | power|pow|negative|-8|1/3|third|JavaScript|browser
def cube_root():
    return Operation(np.cbrt, "np.cbrt({0})", "Math.pow({0}, 1/3)", exact=False)

### cube_root | wrong | exact
def cube_root():
    return Operation(np.cbrt, "np.cbrt({0})", "Math.cbrt({0})")

### cube_root | wrong | \{0\}|operand|f-string|f"|place
def cube_root():
    return Operation(np.cbrt, f"np.cbrt({0})", f"Math.cbrt({0})", exact=False)

### cube_root | wrong | \{0\}|operand|place|braces
def cube_root():
    return Operation(np.cbrt, "np.cbrt(x)", "Math.cbrt(x)", exact=False)

### cube_root | wrong | order|swap|exchang|Math|Python|JavaScript
def cube_root():
    return Operation(np.cbrt, "Math.cbrt({0})", "np.cbrt({0})", exact=False)

### cube_root | wrong | return|None
def cube_root():
    Operation(np.cbrt, "np.cbrt({0})", "Math.cbrt({0})", exact=False)

### cube_root | wrong | Operation|tuple|return
def cube_root():
    return np.cbrt, "np.cbrt({0})", "Math.cbrt({0})", False

### cube_root | wrong | text|string|function|expression
def cube_root():
    return Operation(np.cbrt, lambda x: np.cbrt(x), "Math.cbrt({0})", exact=False)

### cube_root | wrong | sqrt|square|ufunc|cbrt
def cube_root():
    return Operation(np.sqrt, "np.cbrt({0})", "Math.cbrt({0})", exact=False)

### cube_root | wrong | ufunc|np\.cbrt|function|name
def cube_root():
    return Operation(lambda x: np.sign(x) * np.abs(x) ** (1 / 3), "np.cbrt({0})", "Math.cbrt({0})", exact=False)

### cube_root | wrong | math|Python|NumPy|not defined|name
def cube_root():
    return Operation(np.cbrt, "math.cbrt({0})", "Math.cbrt({0})", exact=False)

### cube_root | right
def cube_root():
    texts = {"compiled": "np.cbrt({0})", "javascript": "Math.cbrt({0})"}
    return Operation(numpy=np.cbrt, exact=False, **texts)

### cube_root | right
def cube_root():
    by_browser = "Math.sign({0})*Math.pow(Math.abs({0}), 1/3)"
    return Operation(np.cbrt, "np.cbrt({0})", by_browser, False)

### adam | right
def adam(parameter, gradient, m, v, step, learning_rate, beta1, beta2, epsilon):
    m, v = moments(gradient, m, v, beta1, beta2)
    whole = (1 - beta2 ** step) ** 0.5
    rate = learning_rate * whole / (1 - beta1 ** step)
    return parameter - rate * m / (np.sqrt(v) + epsilon * whole), m, v

### lion | right
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    def toward(weight):
        return gradient + weight * (m - gradient)
    mix = toward(beta1)
    return parameter - learning_rate * np.sign(mix), toward(beta2)

### orthogonalize | right
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        right = x.T @ x
        x = a * x + x @ (b * right + c * right @ right)
    return x
