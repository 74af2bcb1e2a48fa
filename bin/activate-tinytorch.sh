# Source me, from bash or zsh: source bin/activate-tinytorch.sh
# Makes .venv and installs the project where needed (bin/install.sh does it, in a shell of its own), then activates it. Leaves nothing else behind.
if [ -n "${ZSH_VERSION:-}" ]; then eval 'eval "$(command sh "${${(%):-%x}:A:h}/install.sh" || echo false)"'
else eval "$(command sh "$(command dirname -- "$(command readlink -f -- "${BASH_SOURCE[0]}" 2>/dev/null || command printf %s "${BASH_SOURCE[0]}")")/install.sh" || echo false)"; fi
