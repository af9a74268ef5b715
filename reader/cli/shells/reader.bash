# Completion of `reader` for bash. In ~/.bashrc:  eval "$(reader completion bash)"
#
# What is offered comes from `reader --complete`, quoted for the shell; nothing of it is ever evaluated here.

_reader() {
    local line kind=""
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
    done < <(command reader --complete bash -- "${COMP_LINE:0:COMP_POINT}" "${COMP_TYPE:-9}" \
        "${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null </dev/null)
    case $kind in
        files) compopt -o default 2>/dev/null ;;
        folders) compopt -o dirnames 2>/dev/null ;;
    esac
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:=,] ]]; then
        compopt -o nospace 2>/dev/null
    fi
    return 0
}

complete -F _reader reader
