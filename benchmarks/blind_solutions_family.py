# ruff: noqa
"""Exercises of the later lessons (adaptive, modern, matrix, second order), by a hand that had not read their checks.

Measured before anything was changed: of 144 wrong ones 142 rejected, 113 rightly named, none told to write a line that
was there; of 27 right ones 3 refused. Then four verdicts of the author were put right: those three give float64 where
float32 went in, and what the lesson simplifies, going by way of x with a division by beta, is right for every beta that
Schedule-Free takes (so one of the two that were accepted is right). The other turned its caller's lists round: it was a
hole, and two_loops's check now looks at the lists. Then 26 kinds were added to the catalogue."""

### adagrad | right
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    new_total = total + gradient**2
    rate = learning_rate / (1 + (step - 1) * learning_rate_decay)
    return parameter - rate * gradient / (np.sqrt(new_total) + epsilon), new_total

### adagrad | right
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    # accumulate first
    total = np.add(total, np.multiply(gradient, gradient))
    denominator = 1.0 + learning_rate_decay*step - learning_rate_decay
    scaled = gradient/(epsilon + total**0.5)
    parameter = parameter - (learning_rate/denominator)*scaled
    return parameter, total

### adagrad | right
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    s = np.copy(total)
    s += np.square(gradient)
    p = parameter.copy()
    p -= learning_rate*gradient/((1 + (step - 1)*learning_rate_decay)*(np.sqrt(s) + epsilon))
    return p, s

### adagrad | right
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    sum_of_squares = total + abs(gradient)*abs(gradient)
    if learning_rate_decay:
        learning_rate = learning_rate/(1 + (step - 1)*learning_rate_decay)
    delta = -learning_rate*gradient/(np.sqrt(sum_of_squares) + epsilon)
    return (parameter + delta, sum_of_squares)

### adagrad | wrong | sum|square|accumul
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient
    rate = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - rate*gradient/(np.sqrt(abs(total)) + epsilon), total

### adagrad | wrong | old|before|new|first
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    rate = learning_rate/(1 + (step - 1)*learning_rate_decay)
    parameter = parameter - rate*gradient/(np.sqrt(total) + epsilon)
    total = total + gradient**2
    return parameter, total

### adagrad | wrong | root|sqrt
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - lr*gradient/(total + epsilon), total

### adagrad | wrong | epsilon
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - lr*gradient/np.sqrt(total + epsilon), total

### adagrad | wrong | epsilon|zero|nan|parenthes|bracket
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - lr*gradient/np.sqrt(total) + epsilon, total

### adagrad | wrong | step|- 1|first|counted
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    lr = learning_rate/(1 + step*learning_rate_decay)
    return parameter - lr*gradient/(np.sqrt(total) + epsilon), total

### adagrad | wrong | decay
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    return parameter - learning_rate*gradient/(np.sqrt(total) + epsilon), total

### adagrad | wrong | decay|rate
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    rate = learning_rate*(1 - learning_rate_decay)**(step - 1)
    return parameter - rate*gradient/(np.sqrt(total) + epsilon), total

### adagrad | wrong | in place|changed|changes|copy
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total += gradient**2
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - lr*gradient/(np.sqrt(total) + epsilon), total

### adagrad | wrong | sign|uphill|ascent|adds|added|minus|wrong way|subtract
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter + lr*gradient/(np.sqrt(total) + epsilon), total

### adagrad | wrong | return|two|pair|total
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - lr*gradient/(np.sqrt(total) + epsilon)

### adagrad | wrong | norm|whole|coordinate|each|element
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + np.sum(gradient**2)
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - lr*gradient/(np.sqrt(total) + epsilon), total

### adagrad | wrong | mean|average|divid|sum
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - lr*gradient/(np.sqrt(total/step) + epsilon), total

### adagrad | wrong | total|sum|accumul|forg|replac
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = gradient**2
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - lr*gradient/(np.sqrt(total) + epsilon), total

### adagrad | wrong | order|swap|first|exchang
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    s = total + gradient*gradient
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    p = parameter - lr*gradient/(np.sqrt(s) + epsilon)
    return s, p

### adagrad | wrong | total|old|return
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    s = total + gradient*gradient
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    p = parameter - lr*gradient/(np.sqrt(s) + epsilon)
    return p, total

### adagrad | wrong | power|\^|xor|\*\*
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient^2
    lr = learning_rate/(1 + (step - 1)*learning_rate_decay)
    return parameter - lr*gradient/(np.sqrt(total) + epsilon), total

### adagrad | wrong | parenthes|bracket|preced|decay|rate
def adagrad(parameter, gradient, total, step, learning_rate=1e-2, learning_rate_decay=0.0, epsilon=1e-10):
    total = total + gradient**2
    lr = learning_rate/1 + (step - 1)*learning_rate_decay
    return parameter - lr*gradient/(np.sqrt(total) + epsilon), total

### rmsprop | right
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + (1 - alpha)*gradient**2
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | right
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v_new = v - (1 - alpha)*(v - np.square(gradient))
    step = gradient/(v_new**0.5 + epsilon)
    new_parameter = parameter - learning_rate*step
    return new_parameter, v_new

### rmsprop | right
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    mean_square = np.multiply(v, alpha)
    mean_square += (1.0 - alpha)*gradient*gradient
    rms = np.sqrt(mean_square)
    rms += epsilon
    return np.subtract(parameter, learning_rate*np.divide(gradient, rms)), mean_square

### rmsprop | wrong | swap|weights|exchang|alpha
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = (1 - alpha)*v + alpha*gradient**2
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | wrong | epsilon
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + (1 - alpha)*gradient**2
    return parameter - learning_rate*gradient/np.sqrt(v + epsilon), v

### rmsprop | wrong | root|sqrt
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + (1 - alpha)*gradient**2
    return parameter - learning_rate*gradient/(v + epsilon), v

### rmsprop | wrong | square
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + (1 - alpha)*np.abs(gradient)
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | wrong | sum|1 - alpha|mean|weight|adagrad
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + gradient**2
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | wrong | correct
def rmsprop(parameter, gradient, v, step=1, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + (1 - alpha)*gradient**2
    v_hat = v/(1 - alpha**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v

### rmsprop | wrong | correct
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + (1 - alpha)*gradient**2
    v_hat = v/(1 - alpha)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v

### rmsprop | wrong | old|before|new
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v_next = alpha*v + (1 - alpha)*gradient**2
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v_next

### rmsprop | wrong | in place|changed|changes|copy
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v *= alpha
    v += (1 - alpha)*gradient**2
    parameter -= learning_rate*gradient/(np.sqrt(v) + epsilon)
    return parameter, v

### rmsprop | wrong | 0\.9|hard|alpha|constant|fixed|number
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = 0.9*v + 0.1*gradient**2
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | wrong | rate|alpha
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + (1 - alpha)*gradient**2
    return parameter - alpha*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | wrong | None|return
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + (1 - alpha)*gradient**2
    parameter = parameter - learning_rate*gradient/(np.sqrt(v) + epsilon)
    print(parameter, v)

### rmsprop | wrong | mean|whole|coordinate|element|shape|each
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + (1 - alpha)*np.mean(gradient**2)
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | wrong | root|mean square|v|squared
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    rms = np.sqrt(alpha*v + (1 - alpha)*gradient**2)
    return parameter - learning_rate*gradient/(rms + epsilon), rms

### rmsprop | wrong | defined|lr|name
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + (1 - alpha)*gradient**2
    return parameter - lr*gradient/(np.sqrt(v) + epsilon), v

### rmsprop | wrong | square|gradient
def rmsprop(parameter, gradient, v, learning_rate=1e-2, alpha=0.99, epsilon=1e-8):
    v = alpha*v + ((1 - alpha)*gradient)**2
    return parameter - learning_rate*gradient/(np.sqrt(v) + epsilon), v

### amsgrad | right
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.maximum(v_max, v)
    v_hat = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | float64
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    new_v = beta2*v + (1 - beta2)*gradient*gradient
    largest = np.where(new_v > v_max, new_v, v_max)
    correction = 1 - beta2**step
    denominator = np.sqrt(largest)/np.sqrt(correction) + epsilon
    update = learning_rate*gradient/denominator
    return parameter - update, new_v, largest

### amsgrad | right
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v1 = v + (1 - beta2)*(np.power(gradient, 2) - v)
    m1 = np.fmax(v1, v_max)
    root = np.sqrt(m1/(1 - pow(beta2, step)))
    return (parameter - learning_rate*(gradient/(root + epsilon)), v1, m1)

### amsgrad | wrong | raw|correct
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_hat = v/(1 - beta2**step)
    v_max = np.maximum(v_max, v_hat)
    return parameter - learning_rate*gradient/(np.sqrt(v_max) + epsilon), v, v_max

### amsgrad | wrong | correct
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.maximum(v_max, v)
    return parameter - learning_rate*gradient/(np.sqrt(v_max) + epsilon), v, v_max

### amsgrad | wrong | max|largest|Adam
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.maximum(v_max, v)
    v_hat = v/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | mean|v|max|kept|largest|decay|forget
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = np.maximum(v, beta2*v + (1 - beta2)*gradient**2)
    v_hat = v/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v

### amsgrad | wrong | max|largest|whole|element|coordinate
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.max([v_max, v])
    v_hat = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | max|ambiguous|element|truth
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = max(v_max, v)
    v_hat = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | square|gradient
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.maximum(v_max, gradient**2)
    v_hat = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | min|smallest|largest
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.minimum(v_max, v)
    v_hat = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | epsilon
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.maximum(v_max, v)
    v_hat = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/np.sqrt(v_hat + epsilon), v, v_max

### amsgrad | wrong | power|step|correct|\*\*
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.maximum(v_max, v)
    v_hat = v_max/(1 - beta2*step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | correct|return|raw
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.maximum(v_max, v)
    v_max = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_max) + epsilon), v, v_max

### amsgrad | wrong | correct|return|raw
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v /= 1 - beta2**step
    v_max = np.maximum(v_max, v)
    return parameter - learning_rate*gradient/(np.sqrt(v_max) + epsilon), v, v_max

### amsgrad | wrong | max|v|mean|memory|running
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v_max + (1 - beta2)*gradient**2
    v_max = np.maximum(v_max, v)
    v_hat = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | three|return|v_max
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max = np.maximum(v_max, v)
    v_hat = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v_max

### amsgrad | wrong | old|before|new|first
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v_max = np.maximum(v_max, v)
    v = beta2*v + (1 - beta2)*gradient**2
    v_hat = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v_max

### amsgrad | wrong | in place|changed|changes|copy
def amsgrad(parameter, gradient, v, v_max, step, learning_rate, beta2, epsilon):
    v = beta2*v + (1 - beta2)*gradient**2
    v_max[v > v_max] = v[v > v_max]
    v_hat = v_max/(1 - beta2**step)
    return parameter - learning_rate*gradient/(np.sqrt(v_hat) + epsilon), v, v_max

### lion | right
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    direction = np.sign(beta1*m + (1 - beta1)*gradient)
    return parameter - learning_rate*direction, beta2*m + (1 - beta2)*gradient

### lion | wrong | float64
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    c = m + (1 - beta1)*(gradient - m)
    update = np.where(c > 0, 1.0, np.where(c < 0, -1.0, 0.0))
    new_m = m*beta2
    new_m = new_m + gradient*(1 - beta2)
    new_parameter = parameter - update*learning_rate
    return new_parameter, new_m

### lion | right
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    blend = lambda beta: beta*m + (1.0 - beta)*gradient
    parameter = parameter - learning_rate*np.sign(blend(beta1))
    m = blend(beta2)
    return parameter, m

### lion | wrong | new|before|old|after|already|first
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    m = beta2*m + (1 - beta2)*gradient
    update = np.sign(beta1*m + (1 - beta1)*gradient)
    return parameter - learning_rate*update, m

### lion | wrong | beta
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    update = np.sign(beta2*m + (1 - beta2)*gradient)
    m = beta1*m + (1 - beta1)*gradient
    return parameter - learning_rate*update, m

### lion | wrong | beta
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    m = beta1*m + (1 - beta1)*gradient
    return parameter - learning_rate*np.sign(m), m

### lion | wrong | sign
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    update = beta1*m + (1 - beta1)*gradient
    m = beta2*m + (1 - beta2)*gradient
    return parameter - learning_rate*update, m

### lion | wrong | sign
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    update = beta1*np.sign(m) + (1 - beta1)*np.sign(gradient)
    m = beta2*m + (1 - beta2)*gradient
    return parameter - learning_rate*update, m

### lion | wrong | sign|mean|average|m
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    update = np.sign(gradient)
    m = beta2*m + (1 - beta2)*gradient
    return parameter - learning_rate*update, m

### lion | wrong | beta|weight|swap|exchang
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    update = np.sign((1 - beta1)*m + beta1*gradient)
    m = (1 - beta2)*m + beta2*gradient
    return parameter - learning_rate*update, m

### lion | wrong | mean|sign|step|m |average|gradient
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    update = np.sign(beta1*m + (1 - beta1)*gradient)
    m = beta2*m + (1 - beta2)*update
    return parameter - learning_rate*update, m

### lion | wrong | decay
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    weight_decay = 0.1
    update = np.sign(beta1*m + (1 - beta1)*gradient)
    parameter = (1 - learning_rate*weight_decay)*parameter - learning_rate*update
    m = beta2*m + (1 - beta2)*gradient
    return parameter, m

### lion | wrong | zero|0/0|nan|sign
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    c = beta1*m + (1 - beta1)*gradient
    m = beta2*m + (1 - beta2)*gradient
    return parameter - learning_rate*c/np.abs(c), m

### lion | wrong | zero|sign
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    c = beta1*m + (1 - beta1)*gradient
    update = np.where(c >= 0, 1.0, -1.0)
    m = beta2*m + (1 - beta2)*gradient
    return parameter - learning_rate*update, m

### lion | wrong | sign|uphill|ascent|adds|added|minus|wrong way|subtract
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    update = np.sign(beta1*m + (1 - beta1)*gradient)
    return parameter + learning_rate*update, beta2*m + (1 - beta2)*gradient

### lion | wrong | in place|changed|changes|copy
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    update = np.sign(beta1*m + (1 - beta1)*gradient)
    m *= beta2
    m += (1 - beta2)*gradient
    return parameter - learning_rate*update, m

### lion | wrong | 1 - beta|weight|sum|accumul
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    update = np.sign(beta1*m + (1 - beta1)*gradient)
    m = beta2*m + gradient
    return parameter - learning_rate*update, m

### lion | wrong | 1 - beta|weight|gradient
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    update = np.sign(beta1*m + gradient)
    m = beta2*m + (1 - beta2)*gradient
    return parameter - learning_rate*update, m

### lion | wrong | m|return|mean|mix|store|kept|beta
def lion(parameter, gradient, m, learning_rate=1e-4, beta1=0.9, beta2=0.99):
    c = beta1*m + (1 - beta1)*gradient
    new_m = beta2*m + (1 - beta2)*gradient
    return parameter - learning_rate*np.sign(c), c

### lookahead | right
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow + slow_step_size*(fast - slow)
    return slow

### lookahead | right
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period:
        new_slow = slow.copy()
    else:
        new_slow = (1 - slow_step_size)*slow + slow_step_size*fast
    return new_slow

### lookahead | right
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    rounds, left = divmod(step, sync_period)
    return np.where(left == 0, slow + (fast - slow)*slow_step_size, slow)

### lookahead | wrong | every|period|k |steps
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    return slow + slow_step_size*(fast - slow)

### lookahead | wrong | sign|wrong way|minus|away|fast - slow|backward|towards
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow + slow_step_size*(slow - fast)
    return slow

### lookahead | wrong | swap|exchang|weight|part|other way|1 - |slow_step_size
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow_step_size*slow + (1 - slow_step_size)*fast
    return slow

### lookahead | wrong | from 1|step|early|late|count
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if (step + 1) % sync_period == 0:
        return slow + slow_step_size*(fast - slow)
    return slow

### lookahead | wrong | from 1|step|early|late|count
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if (step - 1) % sync_period == 0:
        return slow + slow_step_size*(fast - slow)
    return slow

### lookahead | wrong | in place|changed|changes|copy
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        slow += slow_step_size*(fast - slow)
    return slow

### lookahead | wrong | None|return
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow + slow_step_size*(fast - slow)

### lookahead | wrong | between|fast|other steps|stay|slow
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow + slow_step_size*(fast - slow)
    return fast

### lookahead | wrong | fast|part|slow_step_size|way|all
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return fast
    return slow

### lookahead | wrong | 1 - |slow|weight|part|add
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow + slow_step_size*fast
    return slow

### lookahead | wrong | every|once|period|multiple|%|step
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step == sync_period:
        return slow + slow_step_size*(fast - slow)
    return slow

### lookahead | wrong | every|period|multiple|%|step|condition|other
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period:
        return slow + slow_step_size*(fast - slow)
    return slow

### lookahead | wrong | every|period|multiple|%|step
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step >= sync_period:
        return slow + slow_step_size*(fast - slow)
    return slow

### lookahead | wrong | sync_period|5|fixed|constant|number
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % 5 == 0:
        return slow + slow_step_size*(fast - slow)
    return slow

### lookahead | wrong | slow_step_size|half|mean|0\.5|part
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return (slow + fast)/2
    return slow

### lookahead | wrong | one|two|return|tuple|pair
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        slow = slow + slow_step_size*(fast - slow)
        fast = slow
    return slow, fast

### lookahead | wrong | defined|alpha|name
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if step % sync_period == 0:
        return slow + alpha*(fast - slow)
    return slow

### lookahead | wrong | syncs?|period|divid|%|step
def slow_weights(slow, fast, step, sync_period=5, slow_step_size=0.5):
    if sync_period % step == 0:
        return slow + slow_step_size*(fast - slow)
    return slow

### schedule_free | right
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = z - rate*direction
    y = (1 - c)*parameter + c*z + rate*(beta*(1 - c) - 1)*direction
    return y, new_z

### schedule_free | right
def schedule_free(parameter, direction, z, rate, beta, c):
    z_new = z - rate*direction
    y_new = (1 - c)*parameter + c*z_new - (1 - beta)*(1 - c)*rate*direction
    return y_new, z_new

### schedule_free | right
def schedule_free(parameter, direction, z, rate, beta, c):
    # beta*x without dividing
    beta_x = parameter - (1 - beta)*z
    z = z - rate*direction
    beta_x = (1 - c)*beta_x + c*beta*z
    return (1 - beta)*z + beta_x, z

### schedule_free | right
def schedule_free(parameter, direction, z, rate, beta, c):
    y = parameter + c*(z - parameter)
    y = y - direction*rate*(1 - beta + beta*c)
    return y, z + (-rate)*direction

### schedule_free | wrong | beta|divi|zero
def schedule_free(parameter, direction, z, rate, beta, c):
    x = (parameter - (1 - beta)*z)/beta
    z = z - rate*direction
    x = (1 - c)*x + c*z
    return x, z

### schedule_free | wrong | old|new|z
def schedule_free(parameter, direction, z, rate, beta, c):
    z = z - rate*direction
    x = (parameter - (1 - beta)*z)/beta
    x = (1 - c)*x + c*z
    return (1 - beta)*z + beta*x, z

### schedule_free | wrong | beta|swap|exchang|weight
def schedule_free(parameter, direction, z, rate, beta, c):
    x = (parameter - (1 - beta)*z)/beta
    z = z - rate*direction
    x = (1 - c)*x + c*z
    return beta*z + (1 - beta)*x, z

### schedule_free | wrong | c |weight|swap|exchang
def schedule_free(parameter, direction, z, rate, beta, c):
    x = (parameter - (1 - beta)*z)/beta
    z = z - rate*direction
    x = c*x + (1 - c)*z
    return (1 - beta)*z + beta*x, z

### schedule_free | wrong | x|average|parameter|y
def schedule_free(parameter, direction, z, rate, beta, c):
    z = z - rate*direction
    x = (1 - c)*parameter + c*z
    return (1 - beta)*z + beta*x, z

### schedule_free | wrong | direction|gradient|rate|step|own|correction|beta
def schedule_free(parameter, direction, z, rate, beta, c):
    z = z - rate*direction
    y = (1 - c)*parameter + c*z
    return y, z

### schedule_free | wrong | z|direction|step|old|new|twice
def schedule_free(parameter, direction, z, rate, beta, c):
    z = z - rate*direction
    y = (1 - c)*parameter + c*z + rate*(beta*(1 - c) - 1)*direction
    return y, z

### schedule_free | wrong | sign|minus|uphill|plus|adds|added|subtract
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = z + rate*direction
    beta_x = (1 - c)*(parameter - (1 - beta)*z) + beta*c*new_z
    return (1 - beta)*new_z + beta_x, new_z

### schedule_free | wrong | z|parameter|y|from
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = parameter - rate*direction
    beta_x = (1 - c)*(parameter - (1 - beta)*z) + beta*c*new_z
    return (1 - beta)*new_z + beta_x, new_z

### schedule_free | wrong | z|old|new|average
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = z - rate*direction
    beta_x = (1 - c)*(parameter - (1 - beta)*z) + beta*c*z
    return (1 - beta)*new_z + beta_x, new_z

### schedule_free | wrong | z|old|new
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = z - rate*direction
    beta_x = (1 - c)*(parameter - (1 - beta)*z) + beta*c*new_z
    return (1 - beta)*z + beta_x, new_z

### schedule_free | wrong | in place|changed|changes|copy
def schedule_free(parameter, direction, z, rate, beta, c):
    beta_x = parameter - (1 - beta)*z
    z -= rate*direction
    beta_x = (1 - c)*beta_x + c*beta*z
    return (1 - beta)*z + beta_x, z

### schedule_free | wrong | order|swap|first|exchang
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = z - rate*direction
    beta_x = (1 - c)*(parameter - (1 - beta)*z) + beta*c*new_z
    return new_z, (1 - beta)*new_z + beta_x

### schedule_free | wrong | z|rate|direction|step
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = z - direction
    beta_x = (1 - c)*(parameter - (1 - beta)*z) + beta*c*new_z
    return (1 - beta)*new_z + beta_x, new_z

### schedule_free | right
def schedule_free(parameter, direction, z, rate, beta, c):
    x = (parameter - (1 - beta)*z)/beta
    z_new = z - rate*direction
    x_new = (1 - c)*x + c*z_new
    y_new = (1 - beta)*z_new + beta*x_new
    return y_new, z_new

### schedule_free | wrong | beta
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = z - rate*direction
    beta_x = (1 - c)*(parameter - (1 - beta)*z) + c*new_z
    return (1 - beta)*new_z + beta_x, new_z

### schedule_free | wrong | z|return
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = z - rate*direction
    beta_x = (1 - c)*(parameter - (1 - beta)*z) + beta*c*new_z
    return (1 - beta)*new_z + beta_x, z

### schedule_free | wrong | average|c|x|z
def schedule_free(parameter, direction, z, rate, beta, c):
    new_z = z - rate*direction
    beta_x = parameter - (1 - beta)*z
    return (1 - beta)*new_z + beta_x, new_z

### orthogonalize | right
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    if X.shape[0] > X.shape[1]:
        X = X.T
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X.T if matrix.shape[0] > matrix.shape[1] else X

### orthogonalize | right
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    x = matrix/max(np.sqrt(np.sum(matrix**2)), epsilon)
    for i in range(ns_steps):
        s = np.dot(x, x.T)
        x = a*x + np.dot(b*s + c*np.dot(s, s), x)
    return x

### orthogonalize | right
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    rows, columns = matrix.shape
    if rows > columns:
        return orthogonalize(matrix.T, ns_steps, coefficients, epsilon).T
    a, b, c = coefficients
    X, k = unit_frobenius(matrix, epsilon), 0
    while k < ns_steps:
        A = X @ np.transpose(X)
        AX = A @ X
        X = a*X + b*AX + c*(A @ AX)
        k += 1
    return X

### orthogonalize | wrong | unit|norm|length
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = matrix
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | transpos|shape|back|tall
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    if X.shape[0] > X.shape[1]:
        X = X.T
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | element|@|matrix|product|\*
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A**2) @ X
    return X

### orthogonalize | wrong | element|@|matrix|product|\*
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        A = X * X
        X = a*X + (b*A + c*A*A) * X
    return X

### orthogonalize | wrong | unit|norm|length|once|each|round
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = matrix
    for _ in range(ns_steps):
        X = unit_frobenius(X, epsilon)
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | round|ns_steps|loop|once|times
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    A = X @ X.T
    return a*X + (b*A + c*A @ A) @ X

### orthogonalize | wrong | round|ns_steps|loop|once|return
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
        return X

### orthogonalize | wrong | A |round|loop|old|X|again|new
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    A = X @ X.T
    for _ in range(ns_steps):
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | ns_steps|5|fixed|constant|rounds
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    for _ in range(5):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | coefficient
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = 3.4445, -4.775, 2.0315
    X = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | singular|svd|iteration|round|polynomial|exact
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    u, s, vt = np.linalg.svd(matrix, full_matrices=False)
    return u @ vt

### orthogonalize | wrong | zero|epsilon|nan
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = matrix/np.linalg.norm(matrix)
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | Frobenius|norm|length|unit
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = matrix/max(np.abs(matrix).max(), epsilon)
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | Frobenius|norm|length|unit
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = matrix/max(np.linalg.norm(matrix, 2), epsilon)
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | square|root|norm|length|unit
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = matrix/max((matrix**2).sum(), epsilon)
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | transpos|X\.T|order|side|shape
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        A = X.T @ X
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | b|c|coefficient|A
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (c*A + b*A @ A) @ X
    return X

### orthogonalize | wrong | A|X|product|power
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + b*A @ X + c*A @ A
    return X

### orthogonalize | wrong | in place|changed|changes|copy
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    matrix /= max(np.linalg.norm(matrix), epsilon)
    X = matrix
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    return X

### orthogonalize | wrong | transpos|shape|tall|rows|back
def orthogonalize(matrix, ns_steps=5, coefficients=(3.4445, -4.775, 2.0315), epsilon=1e-7):
    a, b, c = coefficients
    X = unit_frobenius(matrix, epsilon)
    if X.shape[0] > X.shape[1]:
        X = X.T
    for _ in range(ns_steps):
        A = X @ X.T
        X = a*X + (b*A + c*A @ A) @ X
    if X.shape[0] > X.shape[1]:
        X = X.T
    return X

### two_loops | right
def two_loops(vector, steps, changes, scale):
    v = vector.copy()
    stack = []
    for s, y in zip(reversed(steps), reversed(changes)):
        rho = 1/np.dot(y, s)
        a = rho*np.dot(s, v)
        stack.append(a)
        v = v - a*y
    v = scale*v
    for s, y in zip(steps, changes):
        rho = 1/np.dot(y, s)
        b = rho*np.dot(y, v)
        v = v + (stack.pop() - b)*s
    return v

### two_loops | right
def two_loops(vector, steps, changes, scale):
    n = len(steps)
    a = [0.0]*n
    rho = [1/(changes[i] @ steps[i]) for i in range(n)]
    for i in range(n - 1, -1, -1):
        a[i] = rho[i]*(steps[i] @ vector)
        vector = vector - a[i]*changes[i]
    vector = scale*vector
    for i in range(n):
        b = rho[i]*(changes[i] @ vector)
        vector = vector + (a[i] - b)*steps[i]
    return vector

### two_loops | right
def two_loops(vector, steps, changes, scale):
    # from the newest pair inwards, by recursion
    if not steps:
        return scale*vector
    s, y = steps[-1], changes[-1]
    curvature = (s*y).sum()
    a = (s*vector).sum()/curvature
    inner = two_loops(vector - a*y, steps[:-1], changes[:-1], scale)
    b = (y*inner).sum()/curvature
    return inner + (a - b)*s

### two_loops | wrong | float64
def two_loops(vector, steps, changes, scale):
    result = np.array(vector, dtype=float)
    pairs = list(zip(steps, changes))
    coefficients = {}
    for k, (s, y) in reversed(list(enumerate(pairs))):
        coefficients[k] = s.dot(result)/y.dot(s)
        result -= coefficients[k]*y
    result *= scale
    for k, (s, y) in enumerate(pairs):
        result += s*(coefficients[k] - y.dot(result)/y.dot(s))
    return result

### two_loops | wrong | newest|oldest|order|reverse
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps, changes):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    v = scale*v
    for s, y, ai in zip(steps, changes, a):
        b = y @ v/(y @ s)
        v = v + (ai - b)*s
    return v

### two_loops | wrong | order|reverse|newest|oldest|a
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    v = scale*v
    for s, y, ai in zip(steps, changes, a):
        b = y @ v/(y @ s)
        v = v + (ai - b)*s
    return v

### two_loops | wrong | oldest|newest|order|reverse|out
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    v = scale*v
    for s, y, ai in zip(steps[::-1], changes[::-1], a):
        b = y @ v/(y @ s)
        v = v + (ai - b)*s
    return v

### two_loops | wrong | scale|γ|gamma|middle
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v + (a.pop() - b)*s
    return v

### two_loops | wrong | scale|γ|gamma|middle
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    v = v/scale
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v + (a.pop() - b)*s
    return v

### two_loops | wrong | scale|γ|gamma|middle
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v + (a.pop() - b)*s
    return scale*v

### two_loops | wrong | a - b|b|second loop|sign|minus
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    v = scale*v
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v + (a.pop() + b)*s
    return v

### two_loops | wrong | a - b|b - a|sign
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    v = scale*v
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v - (a.pop() - b)*s
    return v

### two_loops | wrong | in place|changed|changes|copy
def two_loops(vector, steps, changes, scale):
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ vector/(y @ s))
        vector -= a[-1]*y
    vector *= scale
    for s, y in zip(steps, changes):
        b = y @ vector/(y @ s)
        vector += (a.pop() - b)*s
    return vector

### two_loops | wrong | s|y|swap|exchang|change
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(y @ v/(y @ s))
        v = v - a[-1]*s
    v = scale*v
    for s, y in zip(steps, changes):
        b = s @ v/(y @ s)
        v = v + (a.pop() - b)*y
    return v

### two_loops | wrong | y|change|s
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*s
    v = scale*v
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v + (a.pop() - b)*s
    return v

### two_loops | wrong | rho|ρ|y @ s|1/|divi
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append((y @ s)*(s @ v))
        v = v - a[-1]*y
    v = scale*v
    for s, y in zip(steps, changes):
        b = (y @ s)*(y @ v)
        v = v + (a.pop() - b)*s
    return v

### two_loops | wrong | rho|ρ|y @ y|y @ s|curvature|divi
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ y))
        v = v - a[-1]*y
    v = scale*v
    for s, y in zip(steps, changes):
        b = y @ v/(y @ y)
        v = v + (a.pop() - b)*s
    return v

### two_loops | wrong | original|vector|first loop|updated|v|gradient
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ vector/(y @ s))
        v = v - a[-1]*y
    v = scale*v
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v + (a.pop() - b)*s
    return v

### two_loops | wrong | changed|changes|reverse|list|in place
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    steps.reverse()
    changes.reverse()
    for s, y in zip(steps, changes):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    v = scale*v
    for s, y in zip(steps[::-1], changes[::-1]):
        b = y @ v/(y @ s)
        v = v + (a.pop() - b)*s
    return v

### two_loops | wrong | newest|last|pair|all|index|range|oldest|first
def two_loops(vector, steps, changes, scale):
    v = vector
    a = {}
    for i in range(len(steps) - 1, 0, -1):
        s, y = steps[i], changes[i]
        a[i] = s @ v/(y @ s)
        v = v - a[i]*y
    v = scale*v
    for i in range(1, len(steps)):
        s, y = steps[i], changes[i]
        v = v + (a[i] - y @ v/(y @ s))*s
    return v

### two_loops | wrong | sign|minus|negative|direction
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    v = scale*v
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v + (a.pop() - b)*s
    return -v

### two_loops | wrong | number|dot|sum|element|scalar|@
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s*v/(y*s))
        v = v - a[-1]*y
    v = scale*v
    for s, y in zip(steps, changes):
        b = y*v/(y*s)
        v = v + (a.pop() - b)*s
    return v

### two_loops | wrong | zip|reversed|subscript|iterator|object
def two_loops(vector, steps, changes, scale):
    v = vector
    a = []
    for s, y in reversed(zip(steps, changes)):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    v = scale*v
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v + (a.pop() - b)*s
    return v

### two_loops | wrong | a|second|loop|last
def two_loops(vector, steps, changes, scale):
    v = vector
    for s, y in zip(steps[::-1], changes[::-1]):
        a = s @ v/(y @ s)
        v = v - a*y
    v = scale*v
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v + (a - b)*s
    return v

### two_loops | wrong | second|out|loop
def two_loops(vector, steps, changes, scale):
    v = vector
    for s, y in zip(steps[::-1], changes[::-1]):
        a = s @ v/(y @ s)
        v = v - a*y
    return scale*v

### two_loops | wrong | empty|pair|none|index|list
def two_loops(vector, steps, changes, scale):
    scale = (steps[-1] @ changes[-1])/(changes[-1] @ changes[-1])
    v = vector
    a = []
    for s, y in zip(steps[::-1], changes[::-1]):
        a.append(s @ v/(y @ s))
        v = v - a[-1]*y
    v = scale*v
    for s, y in zip(steps, changes):
        b = y @ v/(y @ s)
        v = v + (a.pop() - b)*s
    return v
